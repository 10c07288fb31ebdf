import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlanId } from '../../lib/catalog/plans/index.ts';
import { readDataset } from '../../runner/datasets/index.ts';
import { env } from '../../runner/host/env.ts';
import { drawOf, lookAtDraw } from '../support/whole-draw.ts';

const datasets = join(env().ANTIDOTE_DATA, 'datasets');
/** Data sets of ten classes or more, and the rows of their smallest class. Those that are not there are left out. */
const all: readonly { id: string; folder: string; smallest: number; plan?: PlanId; most?: number }[] = [
  { id: 'fashion-mnist', folder: 'fashion-mnist', smallest: 6_000 },
  { id: 'emnist-letters', folder: 'emnist-letters', smallest: 4_800 },
  { id: 'cifar-10-luma', folder: 'cifar-10', smallest: 5_000 },
  { id: 'cifar-10', folder: 'cifar-10', smallest: 5_000, plan: 'vision', most: 20_000 },
];
const there = all.filter(({ folder }) => existsSync(join(datasets, folder)));

it('finds a data set', () => expect(there.length).toBeGreaterThan(0));

describe.each(there)('on the whole of $id', ({ id, smallest, most, plan = 'core' }) => {
  it('the plan is drawn at two seeds: one n and histogram in every trial of a seed, and labels and twins tell nothing', {
    timeout: 3_600_000,
  }, async () => {
    const { wrong, leaks } = await lookAtDraw(
      drawOf(plan, id, [0, 1]),
      await readDataset(id, datasets),
      smallest,
      most,
    );
    expect(wrong).toEqual([]);
    expect([...leaks.tests, ...leaks.trials!].filter(({ ok }) => !ok)).toEqual([]);
    expect(leaks.broken).toEqual([]);
  });
});
