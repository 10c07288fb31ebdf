import { describe, expect, it } from 'vitest';
import { jackknifed } from '../../../../lib/scoring/estimates.ts';
import type { KeptCell } from '../../../../lib/scoring/version-2/cells.ts';
import { meanBySeed } from '../../../../lib/scoring/version-2/contender.ts';
import {
  familiesAt,
  familyAt,
  meanAt,
  scenarioAt,
  shareAt,
  worstAt,
  worstCells,
} from '../../../../lib/scoring/version-2/shares.ts';

type Row = readonly [defended: number, undefended: number, cap: number];
const cell = (scenario: string, family: string, budget: number, ...rows: Row[]): KeptCell => ({
  scenario,
  family,
  budget,
  bySeed: new Map(
    rows.map(([defended, undefended, cap], seed) => [seed, { defended, undefended, cap, accuracy: cap }]),
  ),
});

// Means: kept .6, undefended .45, cap .85: .15 of .4.
const weak = cell('flip', 'indiscriminate', 0.1, [0.6, 0.4, 0.8], [0.6, 0.5, 0.9]);
// Kept .15, undefended .25, cap .85: −.1 of .6.
const strong = cell('flip', 'indiscriminate', 0.2, [0.1, 0.25, 0.8], [0.2, 0.25, 0.9]);
// Kept .9 of a cap of .8: more than all of it counts as all of it.
const pairs = cell('pairs', 'indiscriminate', 0.3, [0.9, 0.4, 0.8], [0.9, 0.4, 0.8]);
// Kept −.8, undefended 0, cap .5: −1.6 counts as −1.
const patch = cell('patch', 'backdoor', 0.01, [-0.8, 0, 0.5], [-0.8, 0, 0.5]);
const seeds = [0, 1];

describe('worked by hand', () => {
  it('the share of a cell is that of means over seeds, between −1 and 1', () => {
    expect(shareAt(weak, seeds)).toBeCloseTo(0.15 / 0.4, 12);
    expect(shareAt(strong, seeds)).toBeCloseTo(-0.1 / 0.6, 12);
    expect([shareAt(pairs, seeds), shareAt(patch, seeds)]).toEqual([1, -1]);
    expect(shareAt(weak, [1])).toBeCloseTo(0.1 / 0.4, 12);
  });

  it('a scenario is the mean of its cells, a family of its scenarios, the mean that of the families', () => {
    const scenario = (0.375 - 1 / 6) / 2;
    expect(scenarioAt([weak, strong], seeds)).toBeCloseTo(scenario, 12);
    expect(familyAt([weak, strong, pairs], seeds)).toBeCloseTo((scenario + 1) / 2, 12);
    expect(familiesAt([weak, strong, pairs, patch], seeds)).toEqual([
      ['indiscriminate', expect.closeTo(0.5520833, 6)],
      ['backdoor', -1],
    ]);
    expect(meanAt([weak, strong, pairs, patch], seeds)).toBeCloseTo((0.5520833 - 1) / 2, 6);
    expect(worstAt([weak, strong, pairs, patch], seeds)).toBe(-1);
  });

  it('where an attack did no damage at these seeds nothing is undone', () =>
    expect(shareAt(cell('flip', 'indiscriminate', 0.1, [0.9, 0.8, 0.8]), [0])).toBe(0));
});

describe('the adaptive family', () => {
  // Of a damage of .5: on seed 0 the first undoes .2 and the second .5, on seed 1 .6 and .4.
  const first = cell('first', 'adaptive', 0.1, [0.4, 0.3, 0.8], [0.6, 0.3, 0.8]);
  const second = cell('second', 'adaptive', 0.1, [0.55, 0.3, 0.8], [0.5, 0.3, 0.8]);

  it('is chosen on the even seeds for the odd ones, and the other way round', () => {
    expect(worstCells([first, second], seeds).map((part) => [part.cell.scenario, part.seeds])).toEqual([
      ['second', [0]],
      ['first', [1]],
    ]);
    expect(familyAt([first, second], seeds)).toBeCloseTo((0.6 + 0.5) / 2, 12);
  });

  it('takes the first of equals, and one cell on all seeds where both halves choose it', () => {
    const twin = { ...first, scenario: 'twin' };
    const parts = worstCells([first, twin], seeds);
    expect(parts.map((part) => [part.cell.scenario, [...part.seeds].sort()])).toEqual([['first', [0, 1]]]);
    expect(familyAt([first, twin], seeds)).toBeCloseTo((0.5 - 0.3) / 0.5, 12);
  });

  it('chooses on the only seeds there are where they are all odd, or all even', () =>
    expect(worstCells([first, second], [1]).map((part) => part.cell.scenario)).toEqual(['second']));
});

it('what entries are compared by averages to their mean, and spreads as the jackknife says', () => {
  const rows = Array.from({ length: 6 }, (_, seed): Row => [0.3 + 0.05 * seed, 0.2, 0.8 + 0.01 * (seed % 3)]);
  const cells = [cell('a', 'targeted', 50, ...rows), cell('b', 'backdoor', 0.01, ...[...rows].reverse())];
  const six = [0, 1, 2, 3, 4, 5];
  const values = [...meanBySeed(cells)!.values()];
  const { value, low } = jackknifed(six, (kept) => meanAt(cells, kept));
  const average = values.reduce((sum, one) => sum + one, 0) / 6;
  const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - average) ** 2, 0) / 5);
  expect(average).toBeCloseTo(value, 12);
  expect(value - low!).toBeCloseTo((2.570582 * spread) / Math.sqrt(6), 6);
});
