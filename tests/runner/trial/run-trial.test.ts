import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coreRecipe } from '../../../lib/catalog/recipes.ts';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { smoke2 } from '../../../lib/catalog/suites/smoke-2.ts';
import type { Weights } from '../../../lib/contract/defense.ts';
import { writeSafetensors } from '../../../lib/contract/formats/safetensors.ts';
import { cleanTrial, specOf } from '../../../lib/contract/suite.ts';
import { defectOf } from '../../../lib/scoring/defect.ts';
import { referenceOf } from '../../../lib/scoring/references.ts';
import { prepareSuite } from '../../../runner/craft/prepare-suite.ts';
import { dirsIn, trialData } from '../../../runner/craft/trial-data.ts';
import { trainUndefended, usual } from '../../../runner/craft/undefended.ts';
import { type CheckedDefense, checkedDefense } from '../../../runner/defenses/checked-defense.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import { dataPath } from '../../../runner/host/places.ts';
import { scratchFolder } from '../../../runner/host/scratch.ts';
import { guests } from '../../../runner/jail/guests/index.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type Jail } from '../../../runner/jail/jail.ts';
import { artifactsOf } from '../../../runner/metrics/artifacts.ts';
import { measure } from '../../../runner/metrics/index.ts';
import { streamsOf } from '../../../runner/random/rng.ts';
import { trainEpochs } from '../../../runner/train/epochs.ts';
import { modelCard } from '../../../runner/train/models/index.ts';
import { openEngine } from '../../../runner/train/tf.ts';
import { runTrial } from '../../../runner/trial/run-trial.ts';
import type { TrialContext } from '../../../runner/trial/trial-context.ts';
import { built } from '../../support/built.ts';
import { requires } from '../../support/requires.ts';

const suite = suiteNamed('smoke-1');
const clean = cleanTrial({ dataset: 'fashion-mnist', model: 'lr' }, 0);
const shape = (code: string) => checkedDefense('shape', code);

/** A jail that counts how often it is opened, and gives weights that are all 0 once so many have been. */
function counting(wanted: number): Jail & { opened: number } {
  const weights = writeSafetensors([
    { name: 'dense0/kernel', shape: [784, 10], data: new Float32Array(7840) },
    { name: 'dense0/bias', shape: [10], data: new Float32Array(10) },
  ]);
  const out = new Map([['weights.safetensors', weights]]);
  let enough = () => {};
  const enoughOpen = new Promise<void>((done) => {
    enough = done;
  });
  const jail = {
    opened: 0,
    open: async () => {
      const number = ++jail.opened;
      if (number === wanted) enough();
      const { path, remove } = scratchFolder();
      const run = async () => {
        await enoughOpen;
        return {
          end: 'exited' as const,
          exitCode: 0,
          ready: true,
          log: '',
          seconds: number / 10,
          peakBytes: null,
          out,
        };
      };
      return { job: path, run, close: async () => remove() };
    },
  };
  return jail;
}

/** A jail that must not be opened. */
const closed: Jail = {
  open: () => {
    throw new Error('the jail was opened');
  },
};

describe.runIf(requires('fashion-mnist'))('a trial', () => {
  let dataDir: string;
  beforeAll(async () => {
    built();
    await prepareSuite(suite, () => {});
    dataDir = mkdtempSync(join(tmpdir(), 'antidote-trial-'));
    for (const folder of ['datasets', 'suites']) symlinkSync(dataPath(folder), join(dataDir, folder));
  }, 300_000);
  afterAll(() => rmSync(dataDir, { recursive: true }));

  const contextOf = async (
    defense: Promise<CheckedDefense>,
    jail: Jail = jailOf('none'),
    signal?: AbortSignal,
    folder = dataDir,
    atOnce = 1,
  ): Promise<TrialContext> => ({
    suite,
    dataDir: folder,
    dirs: dirsIn(folder),
    atOnce,
    defense: await defense,
    backend: 'wasm',
    jail: 'none',
    artifacts: false,
    openJail: (runtime) =>
      (runtime === 'javascript' ? jail : jailOf('none', guests[runtime]())).open({
        backend: 'wasm',
        limits: defaultLimits,
        signal,
      }),
    engine: await openEngine('wasm'),
    signal,
  });
  const trial = async (...given: Parameters<typeof contextOf>) =>
    (await runTrial(await contextOf(...given), clean)).result;

  let none: ReturnType<typeof trial> | undefined;
  const undefended = () => {
    none ??= trial(shape(baselineNamed('none').code));
    return none;
  };

  test('of no defense is what the reference measures, and a result that the site believes', async () => {
    const result = await undefended();
    expect(defectOf(suite, [clean], [result], 'shape')).toBeNull();
    const { tf } = await openEngine('wasm');
    const data = await trialData(suite, clean, dirsIn(dataDir));
    const predict = await trainUndefended(usual(tf), { dataset: 'fashion-mnist', model: 'lr', seed: 0 }, data.train);
    expect(result.cleanAccuracy).toBe(measure(predict, data).cleanAccuracy);
    expect(result).toMatchObject({ outcome: 'scored', detail: null, robustAccuracy: null, attackSuccess: null });
    expect(result.commonestClass).toBeGreaterThan(0.1);
    expect(result.commonestClass).toBeLessThan(0.15);
  });

  test('of no defense in a drawn suite is what its committed reference says, to the last bit', async () => {
    const context = { ...(await contextOf(shape(baselineNamed('none').code))), suite: smoke2 };
    const { result } = await runTrial(context, clean);
    const run = referenceOf(smoke2, 'wasm')!.clean.find(({ model, seed }) => model === 'lr' && seed === clean.seed)!;
    expect([result.cleanAccuracy, result.recalls]).toEqual([run.accuracy, run.recalls]);
  });

  test.runIf(requires('python-numpy'))('of a filter in Python is that of the same filter in JavaScript', async () => {
    const code = readFileSync(new URL('../../fixtures/python/filter.py', import.meta.url), 'utf8');
    const python = await trial(checkedDefense('filter', code, { runtime: 'python:numpy' }));
    const javascript = await trial(
      checkedDefense(
        'filter',
        'export default { filter: ({ n }) => Float32Array.from({ length: n }, (_, row) => (row % 10 === 0 ? 0 : 1)) };',
      ),
    );
    const { seconds: _, undefendedSeconds: __, peakBytes: ___, ...same } = javascript;
    expect(python).toMatchObject({ ...same, outcome: 'scored' });
    expect(defectOf(suite, [clean], [python], 'filter')).toBeNull();
  });

  test.runIf(requires('python-numpy'))('of a filter in Python that leaves no weights says why', async () => {
    const code = 'def filter(train, host):\n    return train.y * 1e9\n';
    const result = await trial(checkedDefense('filter', code, { runtime: 'python:numpy' }));
    expect(result).toMatchObject({ outcome: 'bad-output', cleanAccuracy: null });
    expect(result.detail).toMatch(/^filter gave row \d+ the weight .* not in \[0, 1\]\.$/);
    expect(defectOf(suite, [clean], [result], 'filter')).toBeNull();
  });

  test('of a control without poison is no defense, to the last bit', async () => {
    const oracle = await trial(checkedDefense('control', 'control:oracle-filter'));
    expect(oracle.cleanAccuracy).toBe((await undefended()).cleanAccuracy);
    expect(defectOf(suite, [clean], [oracle], 'control')).toBeNull();
    expect(oracle).toMatchObject({ filterRecall: null, filterFalsePositives: 0 });
  });

  test('of a filter tells what it left out of the clean rows, by the weights that the jail handed out', async () => {
    const code =
      'export default { filter: ({ n }) => Float32Array.from({ length: n }, (_, row) => (row % 4 === 0 ? 0.5 : 1)) };';
    const result = await trial(checkedDefense('filter', code));
    expect(defectOf(suite, [clean], [result], 'filter')).toBeNull();
    expect(result).toMatchObject({ outcome: 'scored', filterRecall: null, filterFalsePositives: 0.125 });
  });

  test('of several sets of weights is certified by their votes', async () => {
    const code =
      'export default { train: async ({ train }, host) => [await host.fit(train), await host.fit(train), await host.fit(train)] };';
    const result = await trial(checkedDefense('train', code));
    expect(defectOf(suite, [clean], [result], 'train')).toBeNull();
    expect(result.detail).toBeNull();
    const [none, one, ...more] = result.certified!;
    expect(none).toEqual({ rows: 0, accuracy: result.cleanAccuracy });
    expect(one!.accuracy).toBeGreaterThan(0.7); // three members of like mind
    expect(one!.accuracy).toBeLessThan(result.cleanAccuracy!);
    expect(more).toEqual([]);
  });

  test('measures the undefended time, keeps it for a while, and tells it with every result', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'antidote-trial-'));
    symlinkSync(dataPath('datasets'), join(folder, 'datasets'));
    const jail = counting(1); // the n-th to be opened ran for n / 10 seconds
    const module = shape(baselineNamed('none').code);
    const timed = async () => (await trial(module, jail, undefined, folder)).undefendedSeconds;
    expect(await timed()).toBe(0.1); // the second one was the trial's own
    const file = join(folder, 'undefended.json');
    const read = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, { seconds: number; measured: string }>;
    const [key, ...others] = Object.keys(read());
    expect(others).toEqual([]);
    const kept = (entry: unknown) => {
      writeFileSync(file, JSON.stringify({ [key!]: entry }));
      return timed();
    };
    const ago = (minutes: number) => new Date(Date.now() - 60_000 * minutes).toISOString();
    expect(await kept({ seconds: 7, measured: ago(3) })).toBe(7);
    expect(await kept({ seconds: 7, measured: ago(4) })).toBe(0.4);
    expect(await kept({ seconds: 0.5, measured: ago(2) })).toBe(0.6);
    expect(await kept(7)).toBe(0.8); // as an older version kept it
    expect(Date.parse(read()[key!]!.measured)).toBeGreaterThan(Date.now() - 60_000);
    rmSync(folder, { recursive: true });
  });

  test('has gradient artifacts after each epoch where they are asked for, and its result is the same', async () => {
    const flips = specOf(suite, { scenario: 'confidence-flip-lr', budget: 0.2, seed: 0 });
    const context = await contextOf(shape(baselineNamed('none').code));
    const { engine } = context;
    const { result: plain, artifacts: none } = await runTrial(context, flips);
    const { result, artifacts } = await runTrial({ ...context, artifacts: true }, flips);
    expect(none).toBeNull();
    const costs = { seconds: 0, undefendedSeconds: 0, peakBytes: 0 }; // measured each time
    expect({ ...result, ...costs }).toEqual({ ...plain, ...costs });

    const { train, isPoison } = await trialData(suite, flips, dirsIn(dataDir));
    const model = modelCard('lr', train.shape, train.classes, coreRecipe('fashion-mnist'));
    const epochs: Weights[] = [];
    const given = { tf: engine.tf, model, train, streams: streamsOf('fashion-mnist', 'lr', 0), epochs: 3 };
    for await (const { weights } of trainEpochs(given)) epochs.push(weights);
    const wanted = artifactsOf(engine.tf, model, epochs, train, (row) => isPoison[row] === 1);
    expect(artifacts).toEqual(
      wanted.map((artifact, index) => ({ epoch: index + 1, normRatio: artifact!.ratio, cosine: artifact!.cosine })),
    );
    expect(artifacts![0]!.cosine).toBeLessThan(0); // flipped labels pull the other way
    expect(artifacts![0]!.normRatio).toBeGreaterThan(1);
  });

  test('without poison has no gradient artifacts', async () => {
    const context = await contextOf(shape(baselineNamed('none').code));
    const { result, artifacts } = await runTrial({ ...context, artifacts: true }, clean);
    expect([result.outcome, artifacts]).toEqual(['scored', null]);
  });

  test('that begins while another measures the undefended time waits for that one measurement, of as many runs at once as there are trials', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'antidote-trial-'));
    symlinkSync(dataPath('datasets'), join(folder, 'datasets'));
    const jail = counting(3);
    const module = shape(baselineNamed('none').code);
    const results = await Promise.all([1, 2, 3].map(() => trial(module, jail, undefined, folder, 3)));
    expect(jail.opened).toBe(6);
    expect(results.map(({ undefendedSeconds, cleanAccuracy }) => [undefendedSeconds, cleanAccuracy])).toEqual(
      Array(3).fill([expect.closeTo((0.1 + 0.2 + 0.3) / 3, 12), 0.1]), // zeros say class 0
    );
    expect(readdirSync(folder).sort()).toEqual(['datasets', 'undefended.json']);
    rmSync(folder, { recursive: true });
  });

  test('of a module that fails has its reason, its sentence and no number', async () => {
    const result = await trial(shape("export default { shape() { throw new Error('no'); } };"));
    expect(defectOf(suite, [clean], [result], 'shape')).toBeNull();
    expect(result).toMatchObject({ outcome: 'threw', cleanAccuracy: null });
    expect(result.detail).toBe('The module threw Error: no (module.mjs:1:34, step 0).');
  });

  test.each([
    ['blocked-import', "import fs from 'node:fs';\nexport default { shape: () => fs };"],
    ['not-a-defense', 'export default 1;'],
    ['not-a-defense', 'export default {'],
    ['too-large', `export default { shape: () => null };//${'x'.repeat(262_144)}`],
  ])('of a module that the check refuses is %s, and no jail is opened', async (outcome, code) => {
    const result = await trial(shape(code), closed);
    expect(defectOf(suite, [clean], [result], 'shape')).toBeNull();
    expect(result).toMatchObject({ outcome, seconds: null });
  });

  test('that is aborted is no result', async () => {
    const signal = AbortSignal.abort(new Error('the lease is lost'));
    await expect(trial(shape(baselineNamed('none').code), jailOf('none'), signal)).rejects.toThrow('the lease is lost');
  });
});
