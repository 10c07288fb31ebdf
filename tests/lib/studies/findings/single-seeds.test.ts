import { describe, expect, it } from 'vitest';
import { singleSeedsOf } from '../../../../lib/studies/findings/single-seeds.ts';
import { workedTable } from '../../../support/worked-table.ts';

const scenarios = [
  { id: 'flips', attack: 'confidence-flip', family: 'indiscriminate', model: 'lr', budgets: [0.1] },
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.01] },
] as const;
/** ρ = (P − .8) / .1 and (P − .1) / .8. */
const undefended = { 'flips 0.1': 0.8, 'patch 0.01': 0.1 };
const row = (flips: number | number[], patch: number | number[], clean = 0.9) => ({
  clean,
  'flips 0.1': flips,
  'patch 0.01': patch,
});
const found = (rows: Parameters<typeof workedTable>[0]['rows'], change?: Parameters<typeof workedTable>[0]['change']) =>
  singleSeedsOf(workedTable({ scenarios, undefended, rows, ...(change && { change }) }));

/** ρ .5 on average; at seeds 0 and 1 it is .1, else .6. */
const swinging = [0.81, 0.81, ...Array<number>(8).fill(0.86)];

describe('a single seed', () => {
  it('reverses an order where the other row has more at it', () => {
    const { rows, pairs, wrong, widest } = found({
      'dp-sgd': row(swinging, 0.9),
      dpa: row(0.84, 0.9),
      sever: row(0.8, 0.9),
    });
    expect(rows.map(({ id }) => id)).toEqual(['dp-sgd', 'dpa', 'sever']); // .5, .4, 0
    expect(pairs).toEqual([
      { above: 'dp-sgd', below: 'dpa', reversed: 2 },
      { above: 'dp-sgd', below: 'sever', reversed: 0 },
      { above: 'dpa', below: 'sever', reversed: 0 },
    ]);
    expect(wrong).toBeCloseTo(2 / 30, 12);
    expect(widest).toEqual({ id: 'dp-sgd', spread: expect.closeTo(0.5, 9) });
  });

  it('has a worst family of its own', () => {
    const { rows } = found({ dpa: row(0.84, [0.18, ...Array<number>(9).fill(0.9)]) });
    expect(rows[0]!.ranks.value).toBeCloseTo(0.4, 9); // of the flips, by all seeds
    expect([...rows[0]!.bySeed].slice(0, 2)).toEqual([
      [0, expect.closeTo(0.1, 9)], // of the patch
      [1, expect.closeTo(0.4, 9)],
    ]);
  });

  it('is not asked where a collapse decides, and all seeds together leave open what they can’t tell apart', () => {
    const { pairs, rows } = found({
      dpa: row(0.84, 0.9),
      'dp-sgd': row(0.88, 0.9, 0.7),
      sever: row([0.85, 0.82, 0.85, 0.82, 0.85, 0.82, 0.85, 0.82, 0.85, 0.82], 0.9),
    });
    expect(pairs.map(({ above, below }) => [above, below])).toEqual([['dpa', 'sever']]);
    expect(rows.map(({ id, places }) => [id, places])).toEqual([
      ['dpa', [1, 2]],
      ['sever', [1, 2]],
      ['dp-sgd', [3, 3]],
    ]);
  });

  it('is told of whole rows alone', () => {
    const { rows, wrong } = found({ dpa: row(0.84, 0.9), sever: row(0.8, 0.9) }, (id, one) =>
      id === 'sever' && one.seed === 4 ? null : one,
    );
    expect(rows.map(({ id }) => id)).toEqual(['dpa']);
    expect(wrong).toBe(0);
    expect(found({})).toEqual({ seeds: 10, rows: [], pairs: [], wrong: 0, widest: null });
  });
});
