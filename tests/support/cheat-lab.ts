import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { Report, type Scores } from '../../lib/contract/report.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { prepareSuite } from '../../runner/craft/prepare-suite.ts';
import { dataPath } from '../../runner/host/places.ts';
import { chosenBackend } from '../../runner/train/chosen-backend.ts';
import { type OpenEngine, openEngine } from '../../runner/train/tf.ts';
import { built } from './built.ts';
import { antidote } from './command-line.ts';

/**
 * For the tests that follow: an engine, and a data folder of its own, so that the undefended time is measured on a
 * machine as busy as now. On the first `seeds` of the suite where nothing else is said.
 */
export function cheatLab(suite: Suite, seeds = suite.seeds.length) {
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

  return {
    engine: () => engine,
    /** The path of a new module. */
    written(id: string, code: string): string {
      const path = join(dataDir, `${id}.mjs`);
      writeFileSync(path, code);
      return path;
    },
    /** By the command line: of a module file, or of a baseline. */
    async evaluated(defense: string, first = seeds): Promise<Scores> {
      const env = { ANTIDOTE_DATA: dataDir, ANTIDOTE_BACKEND: engine.engine.backend };
      const { code, out, err } = await antidote(
        ['evaluate', defense, '--suite', suite.id, '--seeds', `${first}`, '--json', '-'],
        env,
      );
      expect([0, 1], err).toContain(code); // 1: it failed in a trial, as some cheats do
      return Report.parse(JSON.parse(out)).scores;
    },
  };
}
