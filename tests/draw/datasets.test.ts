import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import { loadDataset } from '../../runner/datasets/index.ts';
import { rowAt } from '../../runner/datasets/rows.ts';
import { env } from '../../runner/host/env.ts';
import { hasItsRows } from '../support/dataset-rows.ts';
import { excerpt } from '../support/excerpt.ts';

const dataDir = env().ANTIDOTE_DATA;
/** Data sets that are not on this machine are left out: their official addresses may be out of reach. */
const isThere = (folder: string) => existsSync(join(dataDir, 'datasets', folder));

it('finds a data set', () => expect(existsSync(join(dataDir, 'datasets'))).toBe(true));

if (isThere('cifar-10'))
  describe('cifar-10 as its authors made it', () => {
    it('has the rows, shapes and balanced labels that they say, and the published means of its channels', async () => {
      await hasItsRows('cifar-10');
      const { x, n } = (await loadDataset('cifar-10', dataDir)).train;
      const sums = [0, 0, 0];
      for (let at = 0; at < x.length; at++) sums[at % 3]! += x[at]!;
      for (const [channel, mean] of [125.30692, 122.95039, 113.86538].entries())
        expect(sums[channel]! / (n * 1024)).toBeCloseTo(mean, 4);
    });
    it('has as many rows in gray', () => hasItsRows('cifar-10-luma'));
  });
if (isThere('emnist-letters'))
  describe('emnist-letters as its authors made it', () => {
    it('has the rows, shapes and balanced labels that they say, and the published mean', async () => {
      await hasItsRows('emnist-letters');
      const { x } = (await loadDataset('emnist-letters', dataDir)).train;
      expect(x.reduce((sum, value) => sum + value, 0) / x.length / 255).toBeCloseTo(0.1722, 4);
    });
  });

if (isThere('emnist-letters'))
  describe('the excerpt of emnist-letters beside the whole', () => {
    it('holds rows of it, each in its split', async () => {
      const [whole, part] = [await loadDataset('emnist-letters', dataDir), excerpt()];
      const keyOf = (set: LabeledSet, row: number) =>
        createHash('sha256').update(Uint8Array.of(set.y[row]!)).update(rowAt(set, row)).digest('base64');
      for (const split of ['train', 'test'] as const) {
        const known = new Set([...whole[split].y.keys()].map((row) => keyOf(whole[split], row)));
        expect([...part[split].y.keys()].every((row) => known.has(keyOf(part[split], row)))).toBe(true);
      }
    });
  });
