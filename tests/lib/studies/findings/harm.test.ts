import { describe, expect, it } from 'vitest';
import { harmOf } from '../../../../lib/studies/findings/harm.ts';
import { workedTable } from '../../../support/worked-table.ts';

const scenarios = [
  { id: 'flips', attack: 'confidence-flip', family: 'indiscriminate', model: 'lr', budgets: [0.1, 0.2] },
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.01] },
] as const;
const undefended = { 'flips 0.1': 0.8, 'flips 0.2': 0.7, 'patch 0.01': 0.1 };
/** ρ = −.1375 ± .125 by Student's t alone: p = .035, which beside another cell that is open is too much for Holm. */
const likely = [0.69, 0.7, 0.71, 0.72, 0.73, 0.63, 0.64, 0.65, 0.66, 0.67].map((p) => p - 0.0075);

describe('where shaping gradients is worse than nothing', () => {
  const table = workedTable({
    scenarios,
    undefended,
    rows: {
      'clip-only': { 'flips 0.1': 0.75, 'flips 0.2': 0.6, 'patch 0.01': 0.8 },
      'noise-only': { 'flips 0.1': 0.72, 'flips 0.2': likely, 'patch 0.01': 0.1 },
      'sphere-slab': { 'flips 0.1': 0.1, 'flips 0.2': 0.1, 'patch 0.01': 0 },
    },
  });

  it('is a cell in which ρ is surely below 0, the least first, of rows that shape gradients alone', () => {
    const { cells } = harmOf(table);
    expect(
      cells.map(({ id, cell, rho }) => [id, `${cell.scenario} ${cell.budget}`, Number(rho.value.toFixed(6))]),
    ).toEqual([
      ['noise-only', 'flips 0.1', -0.8],
      ['clip-only', 'flips 0.1', -0.5],
      ['clip-only', 'flips 0.2', -0.5],
    ]);
  });

  it('counts what was tried', () => {
    const { tried, missing } = harmOf(table);
    expect(tried).toBe(6);
    expect(missing).toEqual([
      'clip-only-c0.1',
      'dp-sgd',
      'dp-sgd-c1-s1',
      'dp-sgd-c1-s2',
      'dp-sgd-c0.1-s1',
      'batch-clip',
    ]);
  });

  it('is nowhere where nothing was tried', () =>
    expect(harmOf(workedTable({ scenarios, undefended, rows: {} }))).toMatchObject({ cells: [], tried: 0 }));
});
