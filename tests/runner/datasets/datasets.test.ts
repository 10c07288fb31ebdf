import { copyFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DatasetId } from '../../../lib/benchmark/ids.ts';
import { parseIdx } from '../../../runner/datasets/idx.ts';
import { datasets, loadDataset } from '../../../runner/datasets/index.ts';
import { rowAt, rowSize } from '../../../runner/datasets/rows.ts';
import { env } from '../../../runner/env.ts';
import { HarnessFault } from '../../../runner/errors.ts';
import { requires } from '../../support/requires.ts';

const dataDir = env().ANTIDOTE_DATA;

const sizes: Record<DatasetId, { train: number; test: number; classes: number }> = {
  'fashion-mnist': { train: 60_000, test: 10_000, classes: 10 },
  'fashion-mnist-3-4': { train: 10_800, test: 2_000, classes: 2 },
};

describe.runIf(requires('fashion-mnist'))('data sets', () => {
  it.each(DatasetId.options)('%s has the rows, shapes and balanced labels that its papers say', async (id) => {
    const { train, test } = await loadDataset(id, dataDir);
    const { classes } = sizes[id];
    for (const [name, set] of Object.entries({ train, test })) {
      expect(set).toMatchObject({ n: sizes[id][name as 'train' | 'test'], classes, shape: [28, 28, 1], scale: 255 });
      expect(Object.getPrototypeOf(set.x)).toBe(Uint8Array.prototype); // a Buffer's slice() would share memory
      expect(set.x.length).toBe(set.n * rowSize(set));
      for (let label = 0; label < classes; label++) expect(set.y.filter((y) => y === label).length).toBe(set.n / classes);
    }
  });

  it('fashion-mnist-3-4 keeps the first 5,400 of each class, in order', async () => {
    const [whole, binary] = [(await loadDataset('fashion-mnist', dataDir)).train, (await loadDataset('fashion-mnist-3-4', dataDir)).train];
    const rows = [...whole.y.keys()].filter((row) => whole.y[row] === 3 || whole.y[row] === 4);
    expect(Buffer.from(rowAt(binary, 0)).equals(rowAt(whole, rows[0]!))).toBe(true);
    expect([...binary.y.subarray(0, 100)]).toEqual(rows.slice(0, 100).map((row) => whole.y[row]! - 3));
    expect([0, 1].map((label) => binary.y.filter((y) => y === label).length)).toEqual([5_400, 5_400]);
  });

  describe('a copy with a wrong file', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'antidote-copy-'));
    const { folder, files } = datasets['fashion-mnist'].source;
    await mkdir(join(copy, 'datasets', folder), { recursive: true });
    for (const { name } of files) await copyFile(join(dataDir, 'datasets', folder, name), join(copy, 'datasets', folder, name));
    afterAll(() => rm(copy, { recursive: true }));

    it('is refused by the name of a truncated file, then of a missing one', async () => {
      const path = join(copy, 'datasets', folder, files[3]!.name);
      await truncate(path, 10_007);
      const refused = await loadDataset('fashion-mnist', copy).catch((error: Error) => error);
      expect(refused).toBeInstanceOf(HarnessFault);
      expect((refused as Error).message).toContain(path);
      await rm(path);
      await expect(loadDataset('fashion-mnist', copy)).rejects.toThrow(/is missing/);
      await writeFile(path, Buffer.alloc(10_008));
      await expect(loadDataset('fashion-mnist', copy)).rejects.toThrow(/sha256/);
    });
  });
});

describe('parseIdx', () => {
  const file = (...bytes: number[]) => Uint8Array.from(bytes);
  it('reads shape and data', () => {
    expect(parseIdx(file(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9))).toEqual({ shape: [1, 2], data: file(7, 9) });
  });
  it.each([
    ['no header', file()],
    ['another type', file(0, 0, 9, 1, 0, 0, 0, 0)],
    ['a torn header', file(0, 0, 8, 2, 0, 0, 0, 1)],
    ['too few bytes', file(0, 0, 8, 1, 0, 0, 0, 2, 7)],
    ['too many bytes', file(0, 0, 8, 1, 0, 0, 0, 1, 7, 7)],
  ])('refuses %s', (_, bytes) => expect(() => parseIdx(bytes)).toThrow(RangeError));
});
