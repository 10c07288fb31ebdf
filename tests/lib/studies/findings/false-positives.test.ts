import { describe, expect, it } from 'vitest';
import { falsePositivesOf } from '../../../../lib/studies/findings/false-positives.ts';
import { workedTable } from '../../../support/worked-table.ts';

const scenarios = [
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.01] },
  { id: 'patch-deep', attack: 'badnets', family: 'backdoor', model: 'mlp-128', budgets: [0.01] },
] as const;
const shares = (clean: number | number[]) => ({ clean, 'patch 0.01': 0.2, 'patch-deep 0.01': 0.2 });
const tenths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => 0.001 * seed);
const table = (failed: number[] = []) =>
  workedTable({
    scenarios,
    undefended: shares(tenths.map((more) => 0.9 + more)),
    rows: { sever: shares(tenths.map((more) => 0.88 + more)), 'dp-sgd': shares(0.8), 'random-filter': shares(0.9) },
    change: (id, one) => {
      if (id === 'dp-sgd') return one;
      if (failed.includes(one.seed))
        return { ...one, outcome: 'threw', cleanAccuracy: null, filterFalsePositives: null };
      return { ...one, filterFalsePositives: one.budget > 0 ? 0.9 : one.model === 'lr' ? 0.1 + 0.01 * one.seed : 0.2 };
    },
  });

describe('false positives', () => {
  it('are the share of rows left out without poison, for each clean model and with its interval, and never those of an attack', () => {
    const { runs, missing } = falsePositivesOf(table());
    expect(
      runs.map(({ id, dataset, model, leftOut }) => [id, dataset, model, Number(leftOut.value.toFixed(9)), leftOut.n]),
    ).toEqual([
      ['sever', 'fashion-mnist', 'lr', 0.145, 10],
      ['sever', 'fashion-mnist', 'mlp-128', 0.2, 10],
    ]);
    const { value, low } = runs[0]!.leftOut;
    expect(value - low!).toBeCloseTo((2.262157 * 0.0302765) / Math.sqrt(10), 6); // t of 9 degrees of freedom, sd of 0, .01 … .09
    expect(missing).toEqual([
      'sphere-slab',
      'spectral-signatures',
      'activation-clustering',
      'deep-knn',
      'trimmed-loss',
    ]);
  });

  it('stand beside what they do to clean accuracy, paired by seed', () => {
    const { value, low, high } = falsePositivesOf(table()).runs[0]!.utility;
    expect([value, low, high]).toEqual([-0.02, -0.02, -0.02].map((value) => expect.closeTo(value, 9)));
    expect(falsePositivesOf(table()).runs.map(({ loses }) => loses)).toEqual([true, true]);
    expect(falsePositivesOf(table([1, 2, 3, 4, 5, 6])).runs[0]!.loses, 'four seeds make nothing sure').toBe(false);
  });

  it('are those of the seeds that were scored, with fewer than five without an interval', () => {
    expect(falsePositivesOf(table([1, 2, 3, 4, 5, 6])).runs[0]!.leftOut).toEqual({
      value: expect.closeTo(0.1 + 0.01 * 6, 9),
      low: null,
      high: null,
      n: 4,
    });
    expect(falsePositivesOf(table([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).runs).toEqual([]);
  });
});
