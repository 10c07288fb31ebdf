import { describe, expect, it } from 'vitest';
import { bestByFamilyOf } from '../../../../lib/studies/findings/best-by-family.ts';
import { singleSeedsOf } from '../../../../lib/studies/findings/single-seeds.ts';
import { stabilityOf } from '../../../../lib/studies/findings/stability.ts';
import { cellShares, tableOf } from '../../../../lib/studies/findings/table.ts';
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
  it('the only cell of a scenario has the share and the interval of the board', () => {
    for (const row of table.rows) {
      const { rho } = cellShares(row).find(({ cell }) => cell.scenario === 'pairs')!;
      expect(rho).toEqual(row.scores.scenarios.pairs);
    }
  });

  it('an interval is the jackknife’s, 1.25 times as wide as Student’s t, and the seeds average to the share', () => {
    const { kept } = table.rows[0]!;
    const bySeed = kept!.find(({ scenario }) => scenario === 'targets')!.bySeed;
    const total = (of: 'defended' | 'undefended' | 'cap', out?: number) =>
      [...bySeed].reduce((sum, [seed, numbers]) => (seed === out ? sum : sum + numbers[of]), 0);
    const share = (out?: number) =>
      (total('defended', out) - total('undefended', out)) / (total('cap', out) - total('undefended', out));
    const pseudo = [...bySeed.keys()].map((seed) => 10 * share() - 9 * share(seed));
    const center = pseudo.reduce((sum, one) => sum + one, 0) / 10;
    const error = Math.sqrt(pseudo.reduce((sum, one) => sum + (one - center) ** 2, 0) / 9 / 10);
    const said = cellShares(table.rows[0]!).find(({ cell }) => cell.scenario === 'targets')!;
    expect(said.rho.value).toBeCloseTo(share(), 12);
    expect(said.rho.high! - said.rho.value).toBeCloseTo(1.25 * 2.262157 * error, 6);
    expect([...said.bySeed.values()].reduce((sum, one) => sum + one, 0) / 10).toBeCloseTo(share(), 12);
    expect(said.bySeed.get(3)! - said.bySeed.get(0)!).toBeCloseTo(pseudo[3]! - pseudo[0]!, 9);
  });

  it('what each seed says of a gain has the gain’s mean and interval', () => {
    for (const { gain, bySeed } of underTrainingOf(table).settings[0]!.cells) {
      const values = [...bySeed.values()];
      const center = values.reduce((sum, one) => sum + one, 0) / 10;
      const error = Math.sqrt(values.reduce((sum, one) => sum + (one - center) ** 2, 0) / 9 / 10);
      expect(gain.value).toBeCloseTo(center, 9);
      expect(gain.low).toBeCloseTo(Math.max(-1, center - 1.25 * 2.262157 * error), 6);
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
