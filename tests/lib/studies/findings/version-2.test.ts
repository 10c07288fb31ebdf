import { describe, expect, it } from 'vitest';
import { bestByFamilyOf } from '../../../../lib/studies/findings/best-by-family.ts';
import { singleSeedsOf } from '../../../../lib/studies/findings/single-seeds.ts';
import { stabilityOf } from '../../../../lib/studies/findings/stability.ts';
import { cellEstimate, tableOf } from '../../../../lib/studies/findings/table.ts';
import { underTrainingOf } from '../../../../lib/studies/findings/under-training.ts';
import { nothingKnown } from '../../../support/toy-suite.ts';
import { entryOf, referenceOf, suite } from '../../../support/toy-suite-2.ts';

/** Findings of a suite that is scored by version 2 say what its board says. */
const table = tableOf(
  suite,
  referenceOf('findings'),
  (['dp-sgd', 'dpa', 'sever'] as const).map((id) => ({
    id,
    submission: id,
    trials: entryOf(id, 0),
    about: nothingKnown,
  })),
);
const byMean = [...table.rows].sort((a, b) => b.scores.mean!.value - a.scores.mean!.value).map(({ id }) => id);

describe('of a suite that is scored by version 2', () => {
  it('a cell has the share of the board', () => {
    for (const { effects, scores } of table.rows) {
      const only = effects.find(({ scenario }) => scenario === 'pairs')!;
      expect(cellEstimate(only)!.value).toBeCloseTo(scores.scenarios.pairs!.value, 12);
    }
  });

  it('rows stand in the order of the mean', () => {
    expect(singleSeedsOf(table).rows.map(({ id }) => id)).toEqual(byMean);
    expect(stabilityOf(table).published).toEqual(byMean);
    for (const { id, ranks } of singleSeedsOf(table).rows)
      expect(ranks).toEqual(table.rows.find((row) => row.id === id)!.scores.mean);
  });

  it('the best in a family is the one whose share there is the largest, in the adaptive one too', () => {
    for (const { family, id } of bestByFamilyOf(table).best) {
      const shares = table.rows.map((row) => ({ id: row.id, value: row.scores.families[family]!.value }));
      expect(id).toBe(shares.reduce((best, one) => (one.value > best.value ? one : best)).id);
    }
  });

  it('the gain of the only cell of a family is that family’s', () => {
    const { cells } = underTrainingOf(table).settings[0]!;
    const { gain } = cells.find(({ cell }) => cell.scenario === 'targets')!;
    expect(gain).toEqual(table.rows[0]!.scores.gains!.targeted);
  });
});
