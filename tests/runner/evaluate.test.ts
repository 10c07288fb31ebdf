import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defectOf } from '../../lib/benchmark/result.ts';
import { suiteNamed } from '../../lib/benchmark/suites/index.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import { runTrial, type TrialDefense } from '../../runner/evaluate.ts';
import { jailOf } from '../../runner/jail/index.ts';
import type { Jail } from '../../runner/jail/jail.ts';
import { measure } from '../../runner/metrics/index.ts';
import { dataPath } from '../../runner/places.ts';
import { trialData } from '../../runner/suite/trial-data.ts';
import { trainUndefended } from '../../runner/suite/undefended.ts';
import { openEngine } from '../../runner/tf.ts';
import { built } from '../support/built.ts';
import { requires } from '../support/requires.ts';

const suite = suiteNamed('smoke-1');
const clean = { scenario: 'clean-fashion-mnist-lr', budget: 0, seed: 0 };
const shape = (code: string): TrialDefense => ({ kind: 'shape', code });

/** A jail that must not be opened. */
const closed: Jail = {
  kind: 'none',
  run: () => {
    throw new Error('the jail was opened');
  },
};

describe.runIf(requires('fashion-mnist'))('a trial', () => {
  let dataDir: string;
  beforeAll(() => {
    built();
    dataDir = mkdtempSync(join(tmpdir(), 'antidote-trial-'));
    symlinkSync(dataPath('datasets'), join(dataDir, 'datasets'));
  });
  afterAll(() => rmSync(dataDir, { recursive: true }));

  const trial = async (defense: TrialDefense, jail: Jail = jailOf('none'), signal?: AbortSignal) =>
    runTrial({ suite, dataDir, defense, jail, engine: await openEngine('wasm'), signal }, clean);

  test('of no defense is what the reference measures, and a result that the site believes', async () => {
    const result = await trial(shape(baselineNamed('none').code));
    expect(defectOf(suite, [clean], [result])).toBeNull();
    const { tf } = await openEngine('wasm');
    const data = await trialData(suite, clean, { datasets: join(dataDir, 'datasets'), suites: join(dataDir, 'suites') });
    const predict = await trainUndefended(tf, { dataset: 'fashion-mnist', model: 'lr', seed: 0 }, data.train);
    expect(result.cleanAccuracy).toBe(measure(predict, data).cleanAccuracy);
    expect(result).toMatchObject({ outcome: 'scored', detail: null, robustAccuracy: null, attackSuccess: null });
  });

  test('of a control without poison is no defense, to the last bit', async () => {
    const [none, oracle] = [await trial(shape(baselineNamed('none').code)), await trial({ kind: 'control', id: 'oracle-filter' })];
    expect(oracle.cleanAccuracy).toBe(none.cleanAccuracy);
  });

  test('measures the undefended time once, keeps it, and tells it with every result', async () => {
    const kept = JSON.parse(readFileSync(join(dataDir, 'undefended.json'), 'utf8')) as Record<string, number>;
    expect(Object.keys(kept)).toHaveLength(1);
    const [seconds] = Object.values(kept);
    expect((await trial(shape(baselineNamed('none').code))).undefendedSeconds).toBe(seconds);
  });

  test('of a module that fails has its reason, its sentence and no number', async () => {
    const result = await trial(shape("export default { shape() { throw new Error('no'); } };"));
    expect(defectOf(suite, [clean], [result])).toBeNull();
    expect(result).toMatchObject({ outcome: 'threw', detail: 'The module threw Error: no.', cleanAccuracy: null });
  });

  test.each([
    ['blocked-import', "import fs from 'node:fs';\nexport default { shape: () => fs };"],
    ['not-a-defense', 'export default 1;'],
    ['not-a-defense', 'export default {'],
    ['too-large', `export default { shape: () => null };//${'x'.repeat(262_144)}`],
  ])('of a module that the check refuses is %s, and no jail is opened', async (outcome, code) => {
    const result = await trial(shape(code), closed);
    expect(defectOf(suite, [clean], [result])).toBeNull();
    expect(result).toMatchObject({ outcome, seconds: null });
  });

  test('that is aborted is no result', async () => {
    const signal = AbortSignal.abort(new Error('the lease is lost'));
    await expect(trial(shape(baselineNamed('none').code), jailOf('none'), signal)).rejects.toThrow('the lease is lost');
  });
});
