import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import type { CountedCell } from '../../scoring/cells.ts';
import { cellEstimate, missingFrom, rowOf, scenarioOf, type Table } from './table.ts';

/** The rows that clip every example's gradient, by clipping norm C and noise multiplier σ. */
export const clippings: readonly { readonly id: BaselineId; readonly clipNorm: number; readonly noise: number }[] = [
  { id: 'clip-only', clipNorm: 1, noise: 0 },
  { id: 'clip-only-c0.1', clipNorm: 0.1, noise: 0 },
  { id: 'dp-sgd', clipNorm: 1, noise: 0.5 },
  { id: 'dp-sgd-c1-s1', clipNorm: 1, noise: 1 },
  { id: 'dp-sgd-c1-s2', clipNorm: 1, noise: 2 },
  { id: 'dp-sgd-c0.1-s1', clipNorm: 0.1, noise: 1 },
];

/** The same attack at two strengths: a trigger of full strength at low rates, a faint one at high rates. */
const attacks = ['badnets', 'clip-rate'];

/** Below it less than half of the damage is undone. */
const half = 0.5;

type RatePoint = {
  readonly cell: CountedCell;
  readonly rate: number;
  readonly faint: boolean;
  readonly rho: Estimate;
};
export type RateCurve = {
  readonly id: BaselineId;
  readonly model: string;
  /** By rate, and so from BadNets to its faint trigger. */
  readonly points: readonly RatePoint[];
  /** The first rate at which less than half is undone; null where there is none among those tried. */
  readonly fallsAt: number | null;
};

export type Clipping = {
  readonly curves: readonly RateCurve[];
  /** Cells at which C .1 and C 1 can be compared, all else equal, and at how many of them C .1 undoes more. */
  readonly tighter: { readonly better: number; readonly of: number };
  /** Cells of these attacks that do not bite: no share of their damage can be given. */
  readonly silent: readonly { readonly scenario: string; readonly budget: number }[];
  readonly missing: readonly BaselineId[];
};

/** ρ over rate and clipping norm, a curve for each setting on each model: where clipping begins to fail. */
export function clippingOf(table: Table): Clipping {
  const scenarios = table.suite.scenarios.filter(({ attack, control }) => attacks.includes(attack) && !control);
  const cells = table.cells.filter(({ scenario }) => scenarios.some(({ id }) => id === scenario));
  const models = [...new Set(scenarios.map(({ model }) => model))];
  const curves = models.flatMap((model) =>
    clippings.flatMap(({ id }): RateCurve[] => {
      const points = (rowOf(table, id)?.effects ?? [])
        .filter((effects) => cells.some((cell) => same(cell, effects)) && scenarioOf(table, effects).model === model)
        .flatMap((effects): RatePoint[] => {
          const rho = cellEstimate(effects);
          return rho
            ? [{ cell: effects, rate: effects.budget, faint: scenarioOf(table, effects).attack === 'clip-rate', rho }]
            : [];
        })
        .sort((a, b) => a.rate - b.rate);
      return points.length > 0
        ? [{ id, model, points, fallsAt: points.find(({ rho }) => rho.value < half)?.rate ?? null }]
        : [];
    }),
  );
  const silent = scenarios
    .flatMap(({ id, budgets }) => budgets.map((budget) => ({ scenario: id, budget })))
    .filter((cell) => !cells.some((one) => same(one, cell)));
  const missing = missingFrom(
    table,
    clippings.map(({ id }) => id),
  );
  return { curves, tighter: tighterOf(curves), silent, missing };
}

const same = (a: Pick<CountedCell, 'scenario' | 'budget'>, b: Pick<CountedCell, 'scenario' | 'budget'>) =>
  a.scenario === b.scenario && a.budget === b.budget;

function tighterOf(curves: readonly RateCurve[]) {
  const pairs = clippings
    .filter(({ clipNorm }) => clipNorm === 0.1)
    .flatMap(({ id, noise }) => {
      const loose = clippings.find((other) => other.clipNorm === 1 && other.noise === noise)!;
      const [tight, wide] = [id, loose.id].map((one) =>
        curves.filter((curve) => curve.id === one).flatMap(({ points }) => points),
      );
      return tight!.flatMap((point) => {
        const other = wide!.find(({ cell }) => same(cell, point.cell));
        return other ? [point.rho.value > other.rho.value] : [];
      });
    });
  return { better: pairs.filter(Boolean).length, of: pairs.length };
}
