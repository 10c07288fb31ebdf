import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { type SecondCheatId, secondCheats } from '../../lib/catalog/cheats-2.ts';
import { type InProbes, cheatsInSeason as table } from '../../lib/catalog/cheats-in-season.ts';
import { smoke2 } from '../../lib/catalog/suites/smoke-2.ts';
import { trialsOf } from '../../lib/contract/suite.ts';
import type { ProbeFinding } from '../../lib/scoring/probes.ts';
import { prepareSuite } from '../../runner/craft/prepare-suite.ts';
import { checkedDefense } from '../../runner/defenses/checked-defense.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import { harness } from '../../runner/host/harness.ts';
import { chosenBackend } from '../../runner/train/chosen-backend.ts';
import { type OpenEngine, openEngine } from '../../runner/train/tf.ts';
import { returning } from '../support/cheat-code.ts';
import { secondCheatCode } from '../support/cheat-code-2.ts';
import { requires } from '../support/requires.ts';
import { roundedEstimate, roundedOrNull } from '../support/rounded.ts';
import { inTestSeason, isOfProbes, testSeason } from '../support/test-season.ts';

const within = 0.06; // engines and processors differ by a target in twenty
const { dataset, seeds, gateSeeds } = table;

const inProbes = (findings: readonly ProbeFinding[]): InProbes => {
  const of = (probe: string, flag: string) =>
    findings.find((one) => one.probe === probe && one.flag === flag)?.mean ?? null;
  return {
    oldNames: of('renamed-classes', 'seed-ignored'),
    shuffled: of('shuffled-labels', 'learns-from-nothing'),
    otherNames: of('other-world', 'learns-from-nothing'),
    lost: of('other-world', 'lost-in-another-world'),
    fewRows: of('few-rows', 'learns-from-nothing'),
  };
};
const near = (own: InProbes, wanted: InProbes) => {
  for (const name of Object.keys(own) as (keyof InProbes)[]) {
    expect(own[name] === null, name).toBe(wanted[name] === null);
    expect(Math.abs((own[name] ?? 0) - (wanted[name] ?? 0)), name).toBeLessThan(within);
  }
};
const inThousandths = (probes: InProbes) =>
  Object.fromEntries(Object.entries(probes).map(([name, value]) => [name, roundedOrNull(value)]));

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('cheats in a season of letters', () => {
  let open: OpenEngine;
  let season: Awaited<ReturnType<typeof inTestSeason>>;
  const found = { cheats: {} as Record<string, object>, honest: {} as Record<string, object>, informed: {} };
  beforeAll(async () => {
    await prepareSuite(smoke2, () => {});
    open = await openEngine(await chosenBackend());
    season = await inTestSeason(testSeason(dataset, seeds, gateSeeds), open);
  }, 7_200_000);
  afterAll(() => {
    const { backend, version } = open.engine;
    const [engine, date] = [`${backend} ${version}`, new Date().toISOString().slice(0, 10)];
    const made = { plan: 'smoke', dataset, seeds, gateSeeds, engine, harness: harness().digest, date, ...found };
    mkdirSync(new URL('../.out/', import.meta.url), { recursive: true });
    writeFileSync(new URL('../.out/cheats-in-season.json', import.meta.url), `${JSON.stringify(made, null, 2)}\n`);
  });

  it.each(Object.keys(table.cheats) as SecondCheatId[])(
    '%s ends as the table says',
    { timeout: 7_200_000 },
    async (id) => {
      const code = await secondCheatCode(id, smoke2, open.tf); // as its author would upload it in public
      const { scores, probes } = await season.evaluated(await checkedDefense(secondCheats[id].kind, code));
      const [mean, gain] = [roundedEstimate(scores.mean!), roundedEstimate(scores.gain!)];
      const own = inProbes(probes);
      const { flags } = scores;
      found.cheats[id] = { mean, gain, flags, probes: inThousandths(own) };
      const wanted = table.cheats[id]!;
      expect(flags).toEqual(wanted.flags);
      expect(Math.abs(mean.value - wanted.mean.value)).toBeLessThan(within);
      expect(Math.abs(gain.value - wanted.gain.value)).toBeLessThan(within);
      near(own, wanted.probes);
    },
  );

  it('who holds weights of the season’s own data is above the limits', { timeout: 7_200_000 }, async () => {
    const trials = trialsOf(season.suite, seeds.slice(0, 1)).filter(isOfProbes);
    const { probes } = await season.evaluated(await checkedDefense('train', returning(await season.weights())), trials);
    const own = inProbes(probes);
    found.informed = inThousandths(own);
    expect(new Set(probes.flatMap(({ flag, mean, limit }) => (mean > limit ? [flag] : [])))).toEqual(
      new Set(['seed-ignored', 'learns-from-nothing', 'lost-in-another-world']),
    );
    near(own, table.informed);
  });

  it.each(Object.keys(table.honest) as BaselineId[])(
    '%s stays below every limit',
    { timeout: 7_200_000 },
    async (id) => {
      const { kind, code } = baselineNamed(id);
      const trials = trialsOf(season.suite, seeds.slice(0, 1)).filter(isOfProbes);
      const { probes } = await season.evaluated(await checkedDefense(kind, code), trials);
      const own = inProbes(probes);
      found.honest[id] = inThousandths(own);
      expect(probes.filter(({ mean, limit }) => mean > limit)).toEqual([]);
      near(own, table.honest[id]!);
    },
  );
});
