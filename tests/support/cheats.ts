import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Cheat, type CheatId, type CheatVerdict, cheats, cheatsMeasured } from '../../lib/catalog/cheats.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { Report, type Scores } from '../../lib/contract/report.ts';
import { prepareSuite } from '../../runner/craft/prepare-suite.ts';
import { dataPath } from '../../runner/host/places.ts';
import { chosenBackend } from '../../runner/train/chosen-backend.ts';
import { type OpenEngine, openEngine } from '../../runner/train/tf.ts';
import { built } from './built.ts';
import { cheatCode } from './cheat-code.ts';
import { antidote } from './command-line.ts';

export const suite = suiteNamed(cheatsMeasured.suite);

/** Engines and processors differ by a target in twenty. */
const within = { mean: 0.06, worst: 0.1 };

/** A data folder of its own, so that the undefended time is measured on a machine as busy as now. */
export function onCheats() {
  let engine: OpenEngine;
  let dataDir: string;
  beforeAll(async () => {
    built();
    await prepareSuite(suite, () => {});
    dataDir = mkdtempSync(join(tmpdir(), 'antidote-cheats-'));
    for (const folder of ['datasets', 'suites']) symlinkSync(dataPath(folder), join(dataDir, folder));
    engine = await openEngine(await chosenBackend());
  }, 900_000);
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  /** By the command line, on the first seed: of a module file, or of a baseline. */
  async function evaluated(defense: string): Promise<Scores> {
    const env = { ANTIDOTE_DATA: dataDir, ANTIDOTE_BACKEND: engine.engine.backend };
    const { code, out, err } = await antidote(
      ['evaluate', defense, '--suite', suite.id, '--seeds', '1', '--json', '-'],
      env,
    );
    expect([0, 1], err).toContain(code); // 1: it failed in a trial, as some cheats do
    return Report.parse(JSON.parse(out)).scores;
  }

  return {
    engine: () => engine,
    evaluated,
    /** Evaluates a cheat and holds it against its row of the table, and against a mean of DP-SGD. */
    async expectAsInTable(id: CheatId, dpSgdMean: number): Promise<void> {
      const { verdict, flags, mean, worst }: Cheat = cheats[id];
      const path = join(dataDir, `${id}.mjs`);
      writeFileSync(path, await cheatCode(id, engine.tf));
      const scores = await evaluated(path);
      expect({ verdict: verdictOf(scores, dpSgdMean), flags: scores.flags }).toEqual({ verdict, flags });
      expectNear(scores, { mean, worst });
      if (id === 'early-stopper') expect(scores.gain!.value).toBeLessThanOrEqual(0);
    },
  };
}

export function expectNear(scores: Scores, wanted: { mean: number; worst: number }): void {
  expect(Math.abs(scores.mean!.value - wanted.mean)).toBeLessThan(within.mean);
  expect(Math.abs(scores.worst!.value - wanted.worst)).toBeLessThan(within.worst);
}

/** Where its numbers put a row beside DP-SGD's. */
const verdictOf = ({ mean, flags }: Scores, dpSgdMean: number): CheatVerdict | 'unstopped' =>
  mean!.value <= dpSgdMean ? 'below' : flags.includes('embeds-data') ? 'flagged' : 'unstopped';
