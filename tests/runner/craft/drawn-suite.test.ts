import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smoke2 } from '../../../lib/catalog/suites/smoke-2.ts';
import { readSafetensors } from '../../../lib/contract/formats/safetensors.ts';
import { SuiteSchema, specOf, trialKey } from '../../../lib/contract/suite.ts';
import { basePath } from '../../../runner/craft/base-file.ts';
import { craftSuite } from '../../../runner/craft/build.ts';
import { decodeCell } from '../../../runner/craft/cell.ts';
import { describeSuite } from '../../../runner/craft/description.ts';
import { verifyFolder } from '../../../runner/craft/manifest.ts';
import { rebuildDrawn } from '../../../runner/craft/rebuild-drawn.ts';
import { type TrialData, trialData } from '../../../runner/craft/trial-data.ts';
import { fashionMnistSource } from '../../../runner/datasets/fashion-mnist.ts';
import { numpyPython } from '../../../runner/doctor/system.ts';
import { env } from '../../../runner/host/env.ts';
import { requires } from '../../support/requires.ts';

const datasets = join(env().ANTIDOTE_DATA, 'datasets');
const silent = () => {};
const on = { dataset: 'fashion-mnist', model: 'lr' } as const;

/** A cell with new labels alone, one with images of its own, and one that is stamped. */
const quick = SuiteSchema.parse({
  ...smoke2,
  id: 'quick-2',
  seeds: [5],
  scenarios: [
    { ...on, id: 'label-flip-lr', attack: 'label-flip', family: 'indiscriminate', budgets: [0.2] },
    {
      ...on,
      id: 'adap-blend-lr',
      attack: 'adap-blend',
      family: 'adaptive',
      params: { target: 'drawn', strength: 51 },
      budgets: [0.01],
    },
    {
      ...on,
      id: 'badnets-lr',
      attack: 'badnets',
      family: 'backdoor',
      params: { target: 'drawn' },
      budgets: [0.01, 0.05],
    },
  ],
});
const cells = describeSuite(quick).cells.map((cell, number) => ({ name: trialKey(cell), cell, number }));
const sha256 = (bytes: Uint8Array | Int32Array) =>
  createHash('sha256')
    .update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    .digest('hex');

describe.runIf(requires('fashion-mnist'))('a drawn suite', () => {
  let root: string;
  let built: typeof quick;
  const suites = () => join(root, 'suites');
  const folder = () => join(suites(), 'quick-2');
  const dataOf = (scenario: string, budget: number): Promise<TrialData> =>
    trialData(built, specOf(built, { scenario, budget, seed: 5 }), { datasets, suites: suites() });
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'antidote-drawn-'));
    built = { ...quick, digest: (await craftSuite(quick, folder(), datasets, silent)) as typeof quick.digest };
  });
  afterAll(() => rm(root, { recursive: true }));

  it('has the published digest on every machine: smoke-2', { timeout: 300_000 }, async () => {
    expect(await craftSuite(smoke2, join(root, 'smoke-2'), datasets, silent)).toBe(smoke2.digest);
  });

  it('verifies, and says in its texts what it was drawn from', async () => {
    expect(await verifyFolder(folder())).toEqual({ differs: [], digest: built.digest });
    for (const file of ['README.md', 'DATASHEET.md', 'suite.json'])
      expect(await readFile(join(folder(), file), 'utf8')).toContain(smoke2.draw!.seed);
    expect(await readFile(join(folder(), 'LICENSE'), 'utf8')).toContain('Copyright (c) 2017 Zalando SE');
    expect(JSON.parse(await readFile(join(folder(), 'suite.json'), 'utf8'))).toMatchObject({
      rules: { hygiene: 2, scoring: 2 },
      draw: quick.draw,
      classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    });
  });

  it('has 30,000 rows in every trial and one histogram, which lies in the file of the base', async () => {
    const file = readSafetensors(readFileSync(join(folder(), basePath({ dataset: 'fashion-mnist', seed: 5 }))));
    const histogram = file.find(({ name }) => name === 'histogram')!.data;
    const trials = [['clean-fashion-mnist-lr', 0] as const].concat(
      cells.map(({ cell }) => [cell.scenario, cell.budget] as never),
    );
    for (const [scenario, budget] of trials) {
      const { train, isPoison } = await dataOf(scenario, budget);
      const counts = new Int32Array(10);
      const clean = new Int32Array(10);
      train.y.forEach((label, place) => {
        counts[label]!++;
        if (isPoison[place] === 0) clean[label]!++;
      });
      expect(train.n).toBe(30_000);
      expect(counts).toEqual(histogram);
      expect(Math.min(...clean)).toBeGreaterThanOrEqual(300);
    }
  });

  it('names the classes that must hold in its cells', async () => {
    const { path } = cells.find(({ cell }) => cell.scenario === 'badnets-lr')!.cell;
    const { aim, labels } = decodeCell(await readFile(join(folder(), path)));
    expect([...aim.others!]).toEqual([labels[0]]);
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
    it.each(cells)('rebuild the training set byte for byte: $name', async ({ cell, number }) => {
      const snippet = rebuildDrawn('fashion-mnist');
      expect(readFileSync(join(folder(), 'README.md'), 'utf8')).toContain(snippet);
      const program = `data, number = '${data()}', ${number}\n${snippet}\nimport hashlib; print(*(hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest() for a in (x, y)))`;
      const printed = execFileSync(numpyPython()!, ['-c', program], { cwd: folder(), encoding: 'utf8' }).trim();
      const { train } = await dataOf(cell.scenario, cell.budget);
      expect(printed).toBe(`${sha256(train.x)} ${sha256(train.y)}`);
    });
  });
});
