import { expect } from 'vitest';
import { loadDataset } from '../../runner/datasets/index.ts';
import { rowSize } from '../../runner/datasets/rows.ts';
import { env } from '../../runner/host/env.ts';

const sizes = {
  'fashion-mnist': { train: 60_000, test: 10_000, classes: 10, shape: [28, 28, 1], scale: 255 },
  'fashion-mnist-3-4': { train: 10_800, test: 2_000, classes: 2, shape: [28, 28, 1], scale: 255 },
  'cifar-10': { train: 50_000, test: 10_000, classes: 10, shape: [32, 32, 3], scale: 255 },
  'cifar-10-luma': { train: 50_000, test: 10_000, classes: 10, shape: [32, 32, 1], scale: 255 },
  'emnist-letters': { train: 124_800, test: 20_800, classes: 26, shape: [28, 28, 1], scale: 255 },
  'purchase-100-like': { train: 5_000, test: 2_000, classes: 100, shape: [100], scale: 1 },
} as const;

/** The data set in ANTIDOTE_DATA has as many rows as its authors say, of that shape, and as many of each class. */
export async function hasItsRows(id: keyof typeof sizes) {
  const split = await loadDataset(id, env().ANTIDOTE_DATA);
  const { classes, shape, scale } = sizes[id];
  for (const name of ['train', 'test'] as const) {
    const set = split[name];
    expect(set).toMatchObject({ n: sizes[id][name], classes, shape, scale });
    expect(Object.getPrototypeOf(set.x)).toBe(Uint8Array.prototype); // a Buffer's slice() would share memory
    expect(set.x.length).toBe(set.n * rowSize(set));
    for (let label = 0; label < classes; label++) expect(set.y.filter((y) => y === label).length).toBe(set.n / classes);
  }
}
