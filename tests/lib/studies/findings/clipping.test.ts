import { describe, expect, it } from 'vitest';
import { clippingOf } from '../../../../lib/studies/findings/clipping.ts';
import { workedTable } from '../../../support/worked-table.ts';

const scenarios = [
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.001, 0.01, 0.03] },
  { id: 'faint', attack: 'clip-rate', family: 'adaptive', model: 'lr', budgets: [0.05] },
  { id: 'flips', attack: 'confidence-flip', family: 'indiscriminate', model: 'lr', budgets: [0.1] },
] as const;
/** The patch at .1 % costs 40 points and so does not bite; ρ is (P − .1) / .8 elsewhere. */
const undefended = { 'patch 0.001': 0.5, 'patch 0.01': 0.1, 'patch 0.03': 0.1, 'faint 0.05': 0.1, 'flips 0.1': 0.8 };
const row = (...[one, three, five]: number[]) => ({
  'patch 0.001': 0.9,
  'patch 0.01': one!,
  'patch 0.03': three!,
  'faint 0.05': five!,
  'flips 0.1': 0.7,
});

/** Ten seeds of P, whose mean is this: far enough apart that the interval of ρ is about .2 wide to each side. */
const spread = (p: number) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => p + (seed % 2 ? 0.2 : -0.2));

describe('clipping’s threshold', () => {
  it('is the first rate at which surely less than half of the damage is undone, over both triggers', () => {
    const { curves } = clippingOf(
      workedTable({
        scenarios,
        undefended,
        rows: { 'clip-only': row(0.82, 0.58, 0.18), 'clip-only-c0.1': row(0.9, 0.4, 0.5) },
      }),
    );
    expect(curves.map(({ id, model, fallsAt }) => [id, model, fallsAt])).toEqual([
      ['clip-only', 'lr', 0.05],
      ['clip-only-c0.1', 'lr', 0.03],
    ]);
    expect(curves[0]!.points.map(({ rate, faint, rho }) => [rate, faint, rho.value])).toEqual([
      [0.01, false, expect.closeTo(0.9, 9)],
      [0.03, false, expect.closeTo(0.6, 9)],
      [0.05, true, expect.closeTo(0.1, 9)],
    ]);
  });

  it('is none where half is undone at every rate', () => {
    const { curves } = clippingOf(workedTable({ scenarios, undefended, rows: { 'dp-sgd': row(0.9, 0.8, 0.6) } }));
    expect(curves[0]).toMatchObject({ fallsAt: null, holds: true });
  });

  it('is not shown, either way, where the interval holds a half', () => {
    const rows = { 'dp-sgd': { ...row(0.9, 0.8, 0.6), 'faint 0.05': spread(0.42) } }; // ρ = .4
    const { curves } = clippingOf(workedTable({ scenarios, undefended, rows }));
    expect(curves[0]).toMatchObject({ fallsAt: null, holds: false });
    expect(curves[0]!.points[2]!.rho).toMatchObject({
      value: expect.closeTo(0.4, 9),
      high: expect.toSatisfy((high) => high > 0.5),
    });
  });

  it('is not shown where one interval alone lies below a half, and beside all other points might by chance', () => {
    // ρ = .4 ± .078 by Student's t over three points of which two are sure; of six, of which three are open, it is not
    const faint = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => 0.42 + (seed % 2 ? 0.083 : -0.083));
    const [one, open] = [row(0.9, 0.8, 0.42), row(0.5, 0.5, 0.5)];
    const fallsAt = (rows: Parameters<typeof workedTable>[0]['rows']) =>
      clippingOf(workedTable({ scenarios, undefended, rows })).curves[0]!.fallsAt;
    expect(fallsAt({ 'clip-only': { ...one, 'faint 0.05': faint } })).toBe(0.05);
    const wide = { 'patch 0.01': spread(0.5), 'patch 0.03': spread(0.5), 'faint 0.05': spread(0.5) };
    expect(fallsAt({ 'clip-only': { ...one, 'faint 0.05': faint }, 'dp-sgd': { ...open, ...wide } })).toBeNull();
  });

  it('is of one trigger in two strengths: a cell of the adaptive family that has its own is left out', () => {
    const other = { id: 'own', attack: 'badnets', family: 'adaptive', model: 'lr', budgets: [0.03] } as const;
    const { curves, uncounted } = clippingOf(
      workedTable({
        scenarios: [...scenarios, other],
        undefended: { ...undefended, 'own 0.03': 0.1 },
        rows: { 'dp-sgd': { ...row(0.9, 0.8, 0.6), 'own 0.03': 0.1 } },
      }),
    );
    expect(curves.map(({ points, fallsAt }) => [points.map(({ cell }) => cell.scenario), fallsAt])).toEqual([
      [['patch', 'patch', 'faint'], null],
    ]);
    expect(uncounted).toEqual([{ scenario: 'patch', budget: 0.001, why: 'blunt' }]);
  });

  it('compares a tighter norm with a wider one at the same noise, cell by cell', () => {
    const rows = {
      'clip-only': row(0.8, 0.5, 0.2),
      'clip-only-c0.1': row(0.85, 0.4, 0.3),
      'dp-sgd-c1-s1': row(0.8, 0.6, 0.6),
      'dp-sgd': row(0, 0, 0),
    };
    expect(clippingOf(workedTable({ scenarios, undefended, rows })).tighter).toEqual({ better: 2, worse: 1, of: 3 });
    expect(
      clippingOf(workedTable({ scenarios, undefended, rows: { ...rows, 'dp-sgd-c0.1-s1': row(0.7, 0.7, 0.7) } }))
        .tighter,
    ).toEqual({ better: 4, worse: 2, of: 6 });
    const noisy = { ...rows, 'clip-only-c0.1': { ...row(0.85, 0.4, 0.3), 'faint 0.05': spread(0.3) } };
    expect(clippingOf(workedTable({ scenarios, undefended, rows: noisy })).tighter).toEqual({
      better: 1,
      worse: 1,
      of: 3,
    });
  });

  it('names what does not bite and the rows that are not there', () => {
    const { uncounted, missing } = clippingOf(
      workedTable({ scenarios, undefended, rows: { 'clip-only': row(0.8, 0.5, 0.2) } }),
    );
    expect(uncounted).toEqual([{ scenario: 'patch', budget: 0.001, why: 'blunt' }]);
    expect(missing).toEqual(['clip-only-c0.1', 'dp-sgd', 'dp-sgd-c1-s1', 'dp-sgd-c1-s2', 'dp-sgd-c0.1-s1']);
    expect(clippingOf(workedTable({ scenarios, undefended, rows: {} })).curves).toEqual([]);
  });
});
