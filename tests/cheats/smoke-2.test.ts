import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheatEnd, type SecondCheat, secondCheatIds, secondCheats } from '../../lib/catalog/cheats-2.ts';
import { smoke2 as suite } from '../../lib/catalog/suites/smoke-2.ts';
import { Report, type Scores } from '../../lib/contract/report.ts';
import { prepareSuite } from '../../runner/craft/prepare-suite.ts';
import { dataPath } from '../../runner/host/places.ts';
import { chosenBackend } from '../../runner/train/chosen-backend.ts';
import { type OpenEngine, openEngine } from '../../runner/train/tf.ts';
import { built } from '../support/built.ts';
import { secondCheatCode } from '../support/cheat-code-2.ts';
import { antidote } from '../support/command-line.ts';
import { requires } from '../support/requires.ts';

/** Flags that tell a reader why a row is not to be believed. */
const telling = [
  'collapsed',
  'one-class',
  'failed-trials',
  'not-run',
  'embeds-data',
  'no-better-than-random',
  'seed-ignored',
];

/** Two seeds have no interval; a gain of .05 is no gain. */
const endOf = ({ mean, gain, flags }: Scores): CheatEnd => {
  if (flags.some((flag) => telling.includes(flag))) return 'flagged';
  if (mean!.value <= 0.1) return 'low';
  return gain!.value <= 0.05 ? 'no gain' : 'not stopped';
};

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('cheats on smoke-2, each trained and scored', () => {
  let engine: OpenEngine;
  let dataDir: string;
  const table: string[][] = [];
  beforeAll(async () => {
    built();
    await prepareSuite(suite, () => {});
    dataDir = mkdtempSync(join(tmpdir(), 'antidote-cheats-'));
    for (const folder of ['datasets', 'suites']) symlinkSync(dataPath(folder), join(dataDir, folder));
    engine = await openEngine(await chosenBackend());
  }, 900_000);
  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
    const lines = [['cheat', 'holds', 'mean', 'worst', 'gain', 'utility', 'flags', 'ends'], ...table];
    process.stdout.write(`${lines.map((line) => line.join(' | ')).join('\n')}\n`);
  });

  async function evaluated(defense: string): Promise<Scores> {
    const env = { ANTIDOTE_DATA: dataDir, ANTIDOTE_BACKEND: engine.engine.backend };
    const { code, out, err } = await antidote(['evaluate', defense, '--suite', suite.id, '--json', '-'], env);
    expect([0, 1], err).toContain(code); // 1: it failed in a trial, as some cheats do
    return Report.parse(JSON.parse(out)).scores;
  }

  it.each(secondCheatIds)('%s ends as the table says', { timeout: 1_800_000 }, async (id) => {
    const path = join(dataDir, `${id}.mjs`);
    writeFileSync(path, await secondCheatCode(id, suite, engine.tf));
    const scores = await evaluated(path);
    const cheat: SecondCheat = secondCheats[id];
    const { mean, worst, gain, utility, flags } = scores;
    const numbers = [mean, worst, gain, utility].map((estimate) => estimate?.value.toFixed(3) ?? '–');
    table.push([id, cheat.holds, ...numbers, flags.join(' ') || '–', endOf(scores)]);
    expect({ ends: endOf(scores), flags }).toEqual({ ends: cheat.ends, flags: cheat.flags });
    expect(Math.abs(mean!.value - cheat.mean)).toBeLessThan(0.06); // engines and processors differ by a target in twenty
    expect(Math.abs(gain!.value - cheat.gain)).toBeLessThan(0.06);
  });
});
