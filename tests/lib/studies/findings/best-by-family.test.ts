import { describe, expect, it } from 'vitest';
import { bestByFamilyOf } from '../../../../lib/studies/findings/best-by-family.ts';
import { workedTable } from '../../../support/worked-table.ts';

const scenarios = [
  { id: 'flips', attack: 'confidence-flip', family: 'indiscriminate', model: 'lr', budgets: [0.1] },
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.01] },
  { id: 'targets', attack: 'target-insertion', family: 'targeted', model: 'lr', budgets: [100] },
] as const;
const undefended = { 'flips 0.1': 0.8, 'patch 0.01': 0.1, 'targets 100': 0.1 };
const row = (flips: number, patch: number | number[], targets: number, clean = 0.9) => ({
  clean,
  'flips 0.1': flips,
  'patch 0.01': patch,
  'targets 100': targets,
});
const noisy = [0.7, 0.9, 0.7, 0.9, 0.7, 0.9, 0.7, 0.9, 0.7, 0.9]; // .8 on average
const found = (rows: Parameters<typeof workedTable>[0]['rows']) =>
  bestByFamilyOf(workedTable({ scenarios, undefended, rows }));

describe('who is best in which family', () => {
  it('is told of those who do not know the truth, in the board’s order', () => {
    const { rows, best, leaders } = found({
      'oracle-filter': row(0.9, 0.9, 0.9),
      none: row(0.8, 0.1, 0.1),
      dpa: row(0.81, 0.82, 0.82),
      'dp-sgd': row(0.83, 0.5, 0.3),
    });
    expect(rows.map(({ id }) => id)).toEqual(['dp-sgd', 'dpa']); // .25 and .1 in their worst families
    expect(best).toEqual([
      { family: 'indiscriminate', id: 'dp-sgd', alike: [] },
      { family: 'backdoor', id: 'dpa', alike: [] },
      { family: 'targeted', id: 'dpa', alike: [] },
    ]);
    expect(leaders).toEqual({ ids: ['dpa'], of: 2 });
  });

  it('may be one row everywhere, or several that share the most', () => {
    expect(found({ dpa: row(0.9, 0.9, 0.9), 'dp-sgd': row(0.83, 0.5, 0.3) }).leaders).toEqual({ ids: ['dpa'], of: 3 });
    expect(found({ dpa: row(0.9, 0.1, 0.1), 'dp-sgd': row(0.8, 0.9, 0.1), sever: row(0.8, 0.1, 0.9) }).leaders).toEqual(
      {
        ids: ['dpa', 'dp-sgd', 'sever'],
        of: 1,
      },
    );
  });

  it('names those who can’t be told from the best', () => {
    const told = found({ dpa: row(0.83, 0.81, 0.3), 'dp-sgd': row(0.9, noisy, 0.9), sever: row(0.8, 0.2, 0.1) });
    expect(told.best[1]).toEqual({ family: 'backdoor', id: 'dpa', alike: ['dp-sgd'] });
    expect(told.leaders).toEqual({ ids: ['dp-sgd'], of: 3 }); // best in two, and not surely behind in the third
  });

  it('is no row that has collapsed, which stands last', () => {
    const { rows, best, compared } = found({ dpa: row(0.9, 0.9, 0.9, 0.7), 'dp-sgd': row(0.83, 0.5, 0.3) });
    expect(compared).toEqual(['dp-sgd']);
    expect(rows.map(({ id, collapsed }) => [id, collapsed])).toEqual([
      ['dp-sgd', false],
      ['dpa', true],
    ]);
    expect(best.map(({ id }) => id)).toEqual(['dp-sgd', 'dp-sgd', 'dp-sgd']);
  });

  it('is nobody on an empty table', () =>
    expect(found({})).toMatchObject({ rows: [], best: [], leaders: { ids: [], of: 0 } }));
});
