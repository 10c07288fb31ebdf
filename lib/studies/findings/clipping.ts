import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import type { Scenario } from '../../contract/suite.ts';
import type { CountedCell } from '../../scoring/cells.ts';
import type { BySeed } from '../../scoring/compare.ts';
import { cellsOf } from '../../scoring/references.ts';
import { type Uncounted, uncountedFor } from '../../scoring/uncounted.ts';
import { above, minus, type Sure, surely } from './surely.ts';
import { cellShares, missingFrom, rowOf, sameCell, scenarioOf, type Table } from './table.ts';

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
 * The same attack at two strengths: a trigger of full strength at low rates, a faint one at high rates. A cell of
 * BadNets in the adaptive family has a trigger of its own and belongs to no curve.
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
  /** Against half of the damage, together with all other points of all curves. */
  readonly sure: Sure;
};
export type RateCurve = {
  readonly id: BaselineId;
  readonly model: string;
  /** By rate, and so from BadNets to its faint trigger. */
  readonly points: readonly RatePoint[];
  /** The first rate at which surely less than half is undone. Null where there is none. */
  readonly fallsAt: number | null;
  /** Surely more than half is undone at every rate that counts. */
  readonly holds: boolean;
};

export type Clipping = {
  readonly curves: readonly RateCurve[];
  /** Cells at which C .1 and C 1 can be compared, all else equal, and in how many C .1 surely undoes more, or less. */
  readonly tighter: { readonly better: number; readonly worse: number; readonly of: number };
  /** Rates of these attacks that no curve has, and why. */
  readonly uncounted: readonly { readonly scenario: string; readonly budget: number; readonly why: Uncounted }[];
  readonly missing: readonly BaselineId[];
};

/** ρ over rate and clipping norm, a curve for each setting on each model: where clipping begins to fail. */
export function clippingOf(table: Table): Clipping {
  const scenarios = table.suite.scenarios.filter(onCurve);
  const cells = table.cells.filter(({ scenario }) => scenarios.some(({ id }) => id === scenario));
  const models = [...new Set(scenarios.map(({ model }) => model))];
  const own = clippings.flatMap(({ id }) => {
    const row = rowOf(table, id);
    const shares = row ? cellShares(row).filter(({ cell }) => cells.some((one) => sameCell(one, cell))) : [];
    return shares.map((share) => ({ id, ...share }));
  });
  const sure = surely(own.map(({ bySeed }) => above(bySeed, half)));
  const points = own.map(({ id, cell, rho, bySeed }, at) => {
    const { model, attack } = scenarioOf(table, cell);
    return { id, model, cell, rate: cell.budget, faint: attack === 'clip-rate', rho, bySeed, sure: sure[at]! };
  });
  const curves = models.flatMap((model) =>
    clippings.flatMap(({ id }): RateCurve[] => {
      const ofCurve = points
        .filter((point) => point.id === id && point.model === model)
        .sort((a, b) => a.rate - b.rate);
      if (ofCurve.length === 0) return [];
      const fallsAt = ofCurve.find((point) => point.sure === 'less')?.rate ?? null;
      return [{ id, model, points: ofCurve, fallsAt, holds: ofCurve.every((point) => point.sure === 'more') }];
    }),
  );
  const uncounted = cellsOf(table.suite, table.reference).flatMap((cell) => {
    const scenario = scenarios.find(({ id }) => id === cell.scenario);
    const why = scenario ? uncountedFor(scenario, cell) : null;
    return why ? [{ scenario: cell.scenario, budget: cell.budget, why }] : [];
  });
  const missing = missingFrom(
    table,
    clippings.map(({ id }) => id),
  );
  return { curves, tighter: tighterOf(curves), uncounted, missing };
}

function tighterOf(curves: readonly RateCurve[]): Clipping['tighter'] {
  const pairs = clippings
    .filter(({ clipNorm }) => clipNorm === 0.1)
    .flatMap(({ id, noise }) => {
      const loose = clippings.find((other) => other.clipNorm === 1 && other.noise === noise)!;
      const [tight, wide] = [id, loose.id].map((one) =>
        curves.filter((curve) => curve.id === one).flatMap(({ points }) => points),
      );
      return tight!.flatMap(({ cell, bySeed }) => {
        const other = wide!.find((point) => sameCell(point.cell, cell));
        return other ? [minus(bySeed, other.bySeed)] : [];
      });
    });
  const sure = surely(pairs);
  const count = (wanted: Sure) => sure.filter((one) => one === wanted).length;
  return { better: count('more'), worse: count('less'), of: pairs.length };
}
