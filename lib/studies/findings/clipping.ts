import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import type { Scenario } from '../../contract/suite.ts';
import type { CountedCell } from '../../scoring/cells.ts';
import { type BySeed, comparedWithFirst } from '../../scoring/compare.ts';
import { bySeedOf, ofCell } from '../../scoring/robustness.ts';
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

/**
 * The same attack at two strengths: a trigger of full strength at low rates, a faint one at high rates. A cell of BadNets
 * in the adaptive family has a trigger of its own and belongs to no curve.
 */
const onCurve = ({ attack, family, control }: Scenario) =>
  !control && ((attack === 'badnets' && family === 'backdoor') || attack === 'clip-rate');

/** Below it less than half of the damage is undone. */
const half = 0.5;

type RatePoint = {
  readonly cell: CountedCell;
  readonly rate: number;
  readonly faint: boolean;
  readonly rho: Estimate;
  readonly bySeed: BySeed;
};
export type RateCurve = {
  readonly id: BaselineId;
  readonly model: string;
  /** By rate, and so from BadNets to its faint trigger. */
  readonly points: readonly RatePoint[];
  /** The first rate at which surely less than half is undone: by the whole interval. Null where there is none. */
  readonly fallsAt: number | null;
  /** Surely at least half is undone at every rate tried. */
  readonly holds: boolean;
};

export type Clipping = {
  readonly curves: readonly RateCurve[];
  /** Cells at which C .1 and C 1 can be compared, all else equal, and in how many C .1 surely undoes more, or less. */
  readonly tighter: { readonly better: number; readonly worse: number; readonly of: number };
  /** Cells of these attacks that do not bite: no share of their damage can be given. */
  readonly silent: readonly { readonly scenario: string; readonly budget: number }[];
  readonly missing: readonly BaselineId[];
};

/** ρ over rate and clipping norm, a curve for each setting on each model: where clipping begins to fail. */
export function clippingOf(table: Table): Clipping {
  const scenarios = table.suite.scenarios.filter(onCurve);
  const cells = table.cells.filter(({ scenario }) => scenarios.some(({ id }) => id === scenario));
  const models = [...new Set(scenarios.map(({ model }) => model))];
  const curves = models.flatMap((model) =>
    clippings.flatMap(({ id }): RateCurve[] => {
      const points = (rowOf(table, id)?.effects ?? [])
        .filter((effects) => cells.some((cell) => same(cell, effects)) && scenarioOf(table, effects).model === model)
        .flatMap((effects): RatePoint[] => {
          const rho = cellEstimate(effects);
          const robustness = ofCell(effects);
          if (!rho || !robustness) return [];
          const faint = scenarioOf(table, effects).attack === 'clip-rate';
          return [{ cell: effects, rate: effects.budget, faint, rho, bySeed: bySeedOf(robustness) }];
        })
        .sort((a, b) => a.rate - b.rate);
      if (points.length === 0) return [];
      const fallsAt = points.find(({ rho: { high } }) => high !== null && high < half)?.rate ?? null;
      const holds = points.every(({ rho: { low } }) => low !== null && low >= half);
      return [{ id, model, points, fallsAt, holds }];
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

function tighterOf(curves: readonly RateCurve[]): Clipping['tighter'] {
  const pairs = clippings
    .filter(({ clipNorm }) => clipNorm === 0.1)
    .flatMap(({ id, noise }) => {
      const loose = clippings.find((other) => other.clipNorm === 1 && other.noise === noise)!;
      const [tight, wide] = [id, loose.id].map((one) =>
        curves.filter((curve) => curve.id === one).flatMap(({ points }) => points),
      );
      return tight!.flatMap(({ cell, bySeed }) => {
        const other = wide!.find((point) => same(point.cell, cell));
        return other ? [[other.bySeed, bySeed]] : [];
      });
    });
  const verdicts = comparedWithFirst(pairs).map(([compared]) => compared?.verdict);
  const count = (wanted: 'better' | 'worse') => verdicts.filter((verdict) => verdict === wanted).length;
  return { better: count('better'), worse: count('worse'), of: pairs.length };
}
