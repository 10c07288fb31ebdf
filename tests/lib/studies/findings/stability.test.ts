import { describe, expect, it } from 'vitest';
import { stabilityOf } from '../../../../lib/studies/findings/stability.ts';
import { workedTable } from '../../../support/worked-table.ts';

/**
 * Flips cost 10 points and 3.3 of a gate of 3; the patch costs 80, and 45 of a gate of 50. ρ = (P − attacked) / (.9 −
 * attacked).
 */
const scenarios = [
  { id: 'flips', attack: 'confidence-flip', family: 'indiscriminate', model: 'lr', budgets: [0.1] },
  { id: 'few', attack: 'pair-flip', family: 'indiscriminate', model: 'lr', budgets: [0.3] },
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.005, 0.01] },
] as const;
const undefended = { 'flips 0.1': 0.8, 'few 0.3': 0.867, 'patch 0.005': 0.45, 'patch 0.01': 0.1 };
const rows = {
  dpa: { 'flips 0.1': 0.89, 'few 0.3': 0.8505, 'patch 0.005': 0.45, 'patch 0.01': 0.5 }, // ρ .9 and −.5, so .2; .5, or .25 with the faint cell
  'dp-sgd': { 'flips 0.1': 0.83, 'few 0.3': 0.867, 'patch 0.005': 0.9, 'patch 0.01': 0.74 }, // ρ .3 and 0, so .15; .8, or .9
  sever: { 'flips 0.1': 0.81, 'few 0.3': 0.8703, 'patch 0.005': 0.45, 'patch 0.01': 0.18 }, // ρ .1 and .1, so .1; .1, or .05
};
const found = stabilityOf(workedTable({ scenarios, undefended, rows }));
const variant = (kind: string, of?: string | number) =>
  found.variants.find(
    ({ change }) => change.kind === kind && (of === undefined || Object.values(change).includes(of)),
  )!;

describe('the order of the rows', () => {
  it('is the board’s', () => {
    expect(found.published).toEqual(['dpa', 'dp-sgd', 'sever']);
    expect(found.cells).toBe(3);
  });

  it('without a family is that of the families left', () => {
    expect(variant('without', 'indiscriminate')).toEqual({
      change: { kind: 'without', family: 'indiscriminate' },
      order: ['dp-sgd', 'dpa', 'sever'],
      tau: expect.closeTo(1 / 3, 9),
      cells: 1,
    });
    expect(variant('without', 'backdoor')).toMatchObject({ order: ['dpa', 'dp-sgd', 'sever'], tau: 1, cells: 2 });
  });

  it('with gates a fifth lower counts the patch at half a percent, and with gates a fifth higher no longer the few flips', () => {
    expect(variant('gate', 0.8)).toMatchObject({ order: ['dpa', 'dp-sgd', 'sever'], cells: 4 });
    // dpa has .5 in its worst family then, dp-sgd .3, sever .1
    expect(variant('gate', 1.2)).toMatchObject({ order: ['dpa', 'dp-sgd', 'sever'], tau: 1, cells: 2 });
  });

  it('by raw P is that of the least family’s share of rows given their true label', () => {
    // dpa .87 and .5, dp-sgd .85 and .74, sever .84 and .18
    expect(variant('raw')).toMatchObject({ order: ['dp-sgd', 'dpa', 'sever'], tau: expect.closeTo(1 / 3, 9) });
  });

  it('with other gates can be another', () => {
    const closer = { ...rows, 'dp-sgd': { ...rows['dp-sgd'], 'flips 0.1': 0.862 } }; // ρ .62 and 0: .31 before dpa’s .2, and .62 before its .5
    const low = { ...closer, dpa: { ...rows.dpa, 'patch 0.005': 0.9, 'patch 0.01': 0.18, 'few 0.3': 0.89 } }; // ρ .9 and .7: .8; patch .1, or .55 with the faint cell
    const variants = stabilityOf(workedTable({ scenarios, undefended, rows: low })).variants;
    expect(variants.find(({ change }) => change.kind === 'gate' && change.factor === 0.8)!.order[0]).toBe('dpa');
    expect(stabilityOf(workedTable({ scenarios, undefended, rows: low })).published[0]).toBe('dp-sgd');
  });

  it('is empty on an empty table, and steady', () => {
    const nothing = stabilityOf(workedTable({ scenarios, undefended, rows: {} }));
    expect(nothing.published).toEqual([]);
    expect(nothing.variants.every(({ order, tau }) => order.length === 0 && tau === 1)).toBe(true);
  });
});
