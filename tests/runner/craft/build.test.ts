import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import { SuiteSchema, specOf, trialKey } from '../../../lib/contract/suite.ts';
import { buildSuite, craftSuite } from '../../../runner/craft/build.ts';
import { cellPath } from '../../../runner/craft/cell.ts';
import { describeSuite } from '../../../runner/craft/description.ts';
import { verifyFolder } from '../../../runner/craft/manifest.ts';
import { rebuildSnippet } from '../../../runner/craft/readme.ts';
import { trialData } from '../../../runner/craft/trial-data.ts';
import { fashionMnistSource } from '../../../runner/datasets/fashion-mnist.ts';
import { numpyPython } from '../../../runner/doctor/system.ts';
import { HarnessFault, UsageError } from '../../../runner/errors.ts';
import { env } from '../../../runner/host/env.ts';
import { requires } from '../../support/requires.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const datasets = join(env().ANTIDOTE_DATA, 'datasets');
const silent = () => {};
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'antidote-build-'));
});
afterAll(() => rm(root, { recursive: true }));

/** The scenarios of smoke-1 that are crafted in no time and one on the other data set, at one seed of their own. */
const quick = SuiteSchema.parse({
  ...smoke1,
  id: 'quick-1',
  seeds: [5],
  scenarios: [
    ...smoke1.scenarios.filter(({ attack }) => attack !== 'confidence-flip'),
    {
      id: 'pair-flip-3-4',
      dataset: 'fashion-mnist-3-4',
      model: 'lr',
      attack: 'pair-flip',
      family: 'indiscriminate',
      budgets: [0.3],
    },
  ],
});

describe.runIf(requires('fashion-mnist'))('building a suite', () => {
  const suites = () => join(root, 'suites');
  const folder = () => join(suites(), 'quick-1');
  let built: typeof quick;
  beforeAll(async () => {
    built = { ...quick, digest: (await craftSuite(quick, folder(), datasets, silent)) as typeof quick.digest };
  });

  it('gives the published digest on every machine and with every engine', async () => {
    expect(await craftSuite(smoke1, join(root, 'smoke-1'), datasets, silent)).toBe(smoke1.digest);
  });

  it('gives the same digest again, tells how far it is, and leaves a folder that verifies', async () => {
    const fractions: number[] = [];
    expect(await craftSuite(quick, join(root, 'again'), datasets, (fraction) => fractions.push(fraction))).toBe(
      built.digest,
    );
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect([fractions[0], fractions.at(-1)]).toEqual([0, 1]);
    expect(await verifyFolder(join(root, 'again'))).toEqual({ differs: [], digest: built.digest });
  });

  it('keeps nothing when it is stopped', async () => {
    const controller = new AbortController();
    const stopped = craftSuite(
      quick,
      join(root, 'stopped'),
      datasets,
      () => controller.abort(new Error('stopped')),
      controller.signal,
    );
    await expect(stopped).rejects.toThrow('stopped');
    expect((await readdir(root)).filter((name) => name.startsWith('stopped'))).toEqual([]);
  });

  it('refuses a folder that holds something else, and what comes out as another suite than was published', async () => {
    await mkdir(join(root, 'mine'));
    await writeFile(join(root, 'mine', 'thesis.tex'), '');
    await expect(craftSuite(quick, join(root, 'mine'), datasets, silent)).rejects.toThrow(UsageError);
    await expect(buildSuite(quick, join(root, 'other'), datasets, silent)).rejects.toThrow(HarnessFault);
    expect(existsSync(join(root, 'other'))).toBe(false);
  });

  it.each([
    ['a program of its own with a manifest.json', { 'manifest.json': '{"manifest_version":3}', 'main.js': '' }],
    ['another suite', { 'manifest.json': '{"format":"antidote-suite-1","suite":"other-1","files":[]}' }],
    [
      'this suite and a note',
      { 'manifest.json': '{"format":"antidote-suite-1","suite":"quick-1","files":[]}', note: '' },
    ],
  ])('never replaces a folder that holds %s', async (_, files) => {
    const mine = await mkdtemp(join(root, 'mine-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(mine, name), text);
    await expect(craftSuite(quick, mine, datasets, silent)).rejects.toThrow(UsageError);
    await expect(buildSuite(built, mine, datasets, silent)).rejects.toThrow(UsageError);
    expect((await readdir(mine)).sort()).toEqual(Object.keys(files).sort());
  });

  it('is not done again where it is done', async () => {
    const said: string[] = [];
    await buildSuite(built, folder(), '/nowhere', (_, what) => said.push(what));
    expect(said).toEqual(['quick-1 is there']);
  });

  it('is done once where several ask at the same time', async () => {
    const said: string[] = [];
    const ask = () => buildSuite(built, join(root, 'once', 'quick-1'), datasets, (_, what) => said.push(what));
    await Promise.all([ask(), ask(), ask()]);
    expect(said.filter((what) => what === 'crafted quick-1')).toHaveLength(1);
    expect(said.filter((what) => what === 'quick-1 is there')).toHaveLength(2);
    expect(await readdir(join(root, 'once'))).toEqual(['quick-1']);
  });

  it('is done again where a file is missing or torn', async () => {
    const half = join(root, 'half');
    await craftSuite(quick, half, datasets, silent);
    await truncate(join(half, 'LICENSE'), 10);
    await rm(join(half, cellPath({ scenario: 'label-flip-lr', budget: 0.2, seed: 5 })));
    await buildSuite(built, half, datasets, silent);
    expect(await verifyFolder(half)).toEqual({ differs: [], digest: built.digest });
  });

  it('a trial refuses a cell that differs from its manifest, by its path', async () => {
    const trial = { scenario: 'label-flip-lr', budget: 0.2, seed: 5 };
    const copy = join(root, 'torn');
    await craftSuite(quick, join(copy, 'quick-1'), datasets, silent);
    await appendFile(join(copy, 'quick-1', cellPath(trial)), 'x');
    await expect(trialData(built, specOf(built, trial), { datasets, suites: copy })).rejects.toThrow(
      /label-flip-lr\/0\.2\/seed-5\/poison\.safetensors differs/,
    );
    await expect(
      trialData({ ...built, digest: smoke1.digest }, specOf(built, trial), { datasets, suites: copy }),
    ).rejects.toThrow(/another version/);
    await expect(trialData(built, specOf(built, trial), { datasets, suites: root })).rejects.toThrow(HarnessFault);
  });

  describe.runIf(requires('numpy'))('the lines of NumPy in its README', () => {
    const data = () => join(root, 'gz');
    beforeAll(async () => {
      await mkdir(data());
      for (const { name } of fashionMnistSource.files.slice(0, 2))
        await writeFile(
          join(data(), `${name}.gz`),
          gzipSync(readFileSync(join(datasets, fashionMnistSource.folder, name)), { level: 1 }),
        );
    });
    const cells = describeSuite(quick).cells.map((cell, number) => ({ name: trialKey(cell), cell, number }));
    it.each(cells.filter(({ cell }) => cell.scenario !== 'label-flip-lr'))(
      'rebuild the training set byte for byte: $name',
      async ({ cell, number }) => {
        expect(readFileSync(join(folder(), 'README.md'), 'utf8')).toContain(rebuildSnippet);
        const { scenario, budget, seed } = cell;
        const program = `data, number = '${data()}', ${number}\n${rebuildSnippet}\nimport hashlib; print(*(hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest() for a in (x, y)))`;
        const printed = execFileSync(numpyPython()!, ['-c', program], { cwd: folder(), encoding: 'utf8' }).trim();
        const { train } = await trialData(built, specOf(built, { scenario, budget, seed }), {
          datasets,
          suites: suites(),
        });
        const sums = [train.x, train.y].map((part) =>
          createHash('sha256').update(new Uint8Array(part.buffer)).digest('hex'),
        );
        expect(printed).toBe(sums.join(' '));
      },
    );
  });
});

describe('crafting', () => {
  it('reaches no engine: a published suite does not change with one', async () => {
    const entryPoints = [join(project, 'runner/craft/craft.ts')];
    const { metafile } = await build({
      entryPoints,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    expect(Object.keys(metafile.inputs).filter((path) => /tensorflow|runner\/tf\.ts/.test(path))).toEqual([]);
  });
});
