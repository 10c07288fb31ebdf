import { describe, expect, it } from 'vitest';
import { certifiedOf } from '../../../../lib/studies/findings/certified.ts';
import { workedTable } from '../../../support/worked-table.ts';

const scenarios = [
  { id: 'targets', attack: 'target-insertion', family: 'targeted', model: 'lr', budgets: [25, 100] },
  { id: 'cluster', attack: 'cluster-flip', family: 'subpopulation', model: 'lr', budgets: [2] },
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.01] },
  { id: 'swap', attack: 'cluster-swap', family: 'subpopulation', model: 'lr', budgets: [0.4] },
] as const;
const undefended = { 'targets 25': 0.5, 'targets 100': 0.1, 'cluster 2': 0.3, 'patch 0.01': 0.1, 'swap 0.4': 0.3 };
const shares = {
  clean: 0.8,
  'targets 25': 0.7,
  'targets 100': 0.6,
  'cluster 2': 0.4,
  'patch 0.01': 0.2,
  'swap 0.4': 0.5,
};
const table = workedTable({
  scenarios,
  undefended,
  rows: { dpa: shares, 'dp-sgd': shares },
  change: (id, one) => {
    if (id !== 'dpa') return one;
    const lost = one.budget === 0 ? 0.01 * one.seed : 0.5;
    return { ...one, certified: [0, 1, 2].map((rows) => ({ rows, accuracy: 0.8 - 0.1 * rows - lost })) };
  },
});

describe('certified accuracy', () => {
  it('is the mean over clean runs at each k, with its interval, of the rows whose votes certify', () => {
    const { curves, missing } = certifiedOf(table);
    expect(curves.map(({ id, model }) => [id, model])).toEqual([['dpa', 'lr']]);
    expect(
      curves[0]!.points.map(({ rows, accuracy }) => [rows, Number(accuracy.value.toFixed(9)), accuracy.n]),
    ).toEqual([
      [0, 0.755, 10],
      [1, 0.655, 10],
      [2, 0.555, 10],
    ]);
    const { value, low } = curves[0]!.points[0]!.accuracy;
    expect(value - low!).toBeCloseTo((2.262157 * 0.0302765) / Math.sqrt(10), 6); // t of 9 degrees of freedom, sd of 0, .01 … .09
    expect(missing).toEqual([]);
  });

  it('stands beside what the same row keeps under attacks that insert rows, and how many they change; relabeling inserts none', () => {
    expect(
      certifiedOf(table).insertions.map(({ cell, changed, robust, undefended: none, rho }) => [
        `${cell.scenario} ${cell.budget}`,
        changed,
        robust.value,
        none.value,
        rho?.value,
      ]),
    ).toEqual([
      ['targets 25', 1000, expect.closeTo(0.7, 9), expect.closeTo(0.5, 9), expect.closeTo(0.5, 9)],
      ['targets 100', 4000, expect.closeTo(0.6, 9), expect.closeTo(0.1, 9), expect.closeTo(0.625, 9)],
      ['cluster 2', null, expect.closeTo(0.4, 9), expect.closeTo(0.3, 9), expect.closeTo(1 / 6, 9)],
    ]);
  });

  it('needs an ensemble', () => {
    expect(certifiedOf(workedTable({ scenarios, undefended, rows: { 'dp-sgd': shares } }))).toEqual({
      curves: [],
      insertions: [],
      missing: ['dpa'],
    });
  });
});
