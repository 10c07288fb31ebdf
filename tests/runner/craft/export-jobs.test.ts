import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreRecipe } from '../../../lib/catalog/recipes.ts';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { specOf, trialsOf } from '../../../lib/contract/suite.ts';
import { referenceOf } from '../../../lib/scoring/references.ts';
import { bytesToWrite, checkFolder, exportJobs, jobName } from '../../../runner/craft/export-jobs.ts';
import { prepareSuite } from '../../../runner/craft/prepare-suite.ts';
import { settingOf } from '../../../runner/craft/setting.ts';
import { trainingStreams } from '../../../runner/craft/streams.ts';
import { dirsIn, trialData } from '../../../runner/craft/trial-data.ts';
import { UsageError } from '../../../runner/errors.ts';
import { dataPath } from '../../../runner/host/places.ts';
import { jobFolderOf, writeJobFolder } from '../../../runner/jail/job-folder.ts';
import { readNpy } from '../../../runner/jail/npy.ts';
import { modelCard } from '../../../runner/train/models/index.ts';
import { requires } from '../../support/requires.ts';

const suite = suiteNamed('smoke-2');
const folder = mkdtempSync(join(tmpdir(), 'antidote-export-'));
afterAll(() => rmSync(folder, { recursive: true }));
const wanted = {
  suite,
  trials: trialsOf(suite, [1], ['badnets-mlp-128']),
  truth: true,
  out: join(folder, 'jobs of smoke'),
};
const [clean, poisoned] = wanted.trials.map(jobName) as [string, string];
const dirs = dirsIn(dataPath());
const written = (...path: string[]) => readFileSync(join(wanted.out, ...path));
const { signal } = new AbortController();
const exported = () => exportJobs(wanted, dirs, () => {}, signal);

describe.runIf(requires('fashion-mnist'))('an export', () => {
  beforeAll(async () => {
    await prepareSuite(suite, () => {});
    await exported();
  });

  it('has for each trial what its guest is given, to the bit, but for module and kind, and nothing else', async () => {
    for (const trial of wanted.trials.map((one) => specOf(suite, one))) {
      const { train } = await trialData(suite, trial, dirs);
      const model = modelCard(trial.model, train.shape, train.classes, coreRecipe(trial.dataset));
      const defense = { code: '', language: 'python' } as const;
      writeJobFolder(join(folder, 'given'), jobFolderOf({ model, train, kind: 'filter', defense, epochs: false }));
      const given = (name: string) => readFileSync(join(folder, 'given', name));
      const name = jobName(trial);
      expect(readdirSync(join(wanted.out, 'jobs', name)).sort()).toEqual(['task.json', 'x.npy', 'y.npy']);
      for (const file of ['x.npy', 'y.npy']) expect(written('jobs', name, file).equals(given(file))).toBe(true);
      const { kind: _, ...task } = JSON.parse(`${given('task.json')}`);
      expect(JSON.parse(`${written('jobs', name, 'task.json')}`)).toEqual(task);
      expect(JSON.parse(`${written('streams', `${name}.json`)}`)).toEqual({
        streams: trainingStreams({ ...settingOf(suite, trial), model: trial.model }),
      });
    }
  });

  it('has the truth apart: test rows, attacked rows with their true labels, the poison, PyTorch’s numbers', async () => {
    const { test, attacked, isPoison } = await trialData(suite, specOf(suite, wanted.trials[1]!), dirs);
    const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
    const holds = (data: ArrayBufferView, ...path: string[]) =>
      expect(bytes(readNpy(written('truth', ...path)).data).equals(bytes(data)), path.join(' ')).toBe(true);
    holds(test.x, 'fashion-mnist_seed-1', 'x.npy');
    holds(test.y, 'fashion-mnist_seed-1', 'y.npy');
    holds(attacked!.rows.x, poisoned, 'attacked-x.npy');
    holds(attacked!.rows.y, poisoned, 'attacked-y.npy');
    holds(attacked!.wanted!, poisoned, 'attacked-wanted.npy');
    holds(isPoison, poisoned, 'is-poison.npy');
    expect(readdirSync(join(wanted.out, 'truth', clean)).sort()).toEqual(['is-poison.npy', 'truth.json']);
    const { scoring, reference } = JSON.parse(`${written('truth', 'reference.json')}`);
    expect(scoring).toBe(2);
    expect(reference.cells).toEqual(referenceOf(suite, 'torch')!.cells.filter(({ seed }) => seed === 1));
    expect(reference.counted).toContainEqual({ scenario: 'badnets-mlp-128', budget: 0.03 });
  });

  it('that was broken off is gone on with: what is whole stays, the rest comes out the same', async () => {
    const path = ['jobs', poisoned, 'x.npy'] as const;
    const [whole, kept] = [written(...path), statSync(join(wanted.out, 'jobs', clean)).mtimeMs];
    rmSync(join(wanted.out, 'jobs', poisoned), { recursive: true });
    mkdirSync(join(wanted.out, 'jobs', `${poisoned}.building-999999999`)); // what a killed process left
    await checkFolder(wanted);
    const { jobs, truth } = await bytesToWrite(wanted, dirs);
    expect([jobs, truth]).toEqual([30_000 * (784 + 4), 0]);
    await exported();
    expect(written(...path).equals(whole)).toBe(true);
    expect(statSync(join(wanted.out, 'jobs', clean)).mtimeMs).toBe(kept);
    expect(readdirSync(join(wanted.out, 'jobs')).sort()).toEqual([poisoned, clean].sort());
  });
});

describe('the folder of an export', () => {
  const refused = (out: string) => expect(checkFolder({ ...wanted, out })).rejects;

  it('may be new or empty', async () => {
    mkdirSync(join(folder, 'empty'));
    await checkFolder({ ...wanted, out: join(folder, 'empty') });
    await checkFolder({ ...wanted, out: join(folder, 'new') });
  });

  it.runIf(requires('fashion-mnist'))('with other trials in it is refused, and left alone', async () => {
    cpSync(join(wanted.out, 'export.json'), join(folder, 'other', 'export.json'));
    const other = { ...wanted, trials: trialsOf(suite, [0], ['badnets-mlp-128']), out: join(folder, 'other') };
    await expect(checkFolder(other)).rejects.toThrow(/other: it holds another export, .*; name a new folder\.$/);
  });

  it('with anything else in it is refused in one sentence', async () => {
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'thesis.tex'), '');
    await refused(join(folder, 'full')).toThrow(UsageError);
    await refused(join(folder, 'full')).toThrow(/^--out .*full: it is not empty and holds no export; name a new/);
    await refused(join(folder, 'full', 'thesis.tex')).toThrow(
      /^Can't write --out .*thesis\.tex: it is a file, not a folder; name another\.$/,
    );
  });
});
