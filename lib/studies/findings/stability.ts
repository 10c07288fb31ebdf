import { gateOf } from '../../catalog/aims.ts';
import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Family } from '../../contract/ids.ts';
import { rankedBy } from '../../contract/suite.ts';
import { countedCells } from '../../scoring/cells.ts';
import { attackedBy } from '../../scoring/effects.ts';
import { average, leastOf, type Robustness, robustnessOf } from '../../scoring/robustness.ts';
import { bound, mean } from '../../scoring/stats.ts';
import { seedsOf } from '../../scoring/version-2/cells.ts';
import { meanAt, worstAt } from '../../scoring/version-2/shares.ts';
import { inOrder, kendallTau } from './order.ts';
import { defensesIn, leftIn, oncePerTable, type Row, type Table } from './table.ts';

/** One way to have done it otherwise. */
export type Change =
  | { readonly kind: 'without'; readonly family: Family }
  | { readonly kind: 'gate'; readonly factor: number }
  /** The least family's share of attacked rows given their true label, in place of the share of the damage undone. */
  | { readonly kind: 'raw' };

export type Variant = {
  readonly change: Change;
  readonly order: readonly BaselineId[];
  /** Against the published order. */
  readonly tau: number;
  /** How many cells count. */
  readonly cells: number;
};

export type Stability = {
  readonly published: readonly BaselineId[];
  readonly cells: number;
  readonly variants: readonly Variant[];
};

/**
 * The order of the rows by the number that ranks, had the suite lacked a family, had the gates stood elsewhere, had the
 * score not been a share.
 */
export const stabilityOf = oncePerTable((table): Stability => {
  const rows = defensesIn(table).filter(({ scores }) => scores.worst && scores.mean);
  const published = orderBy(table, rows, (row) => byShare(table, row))!;
  const families = [...new Set(table.cells.map(({ family }) => family as Family))];
  const changes: Change[] = [
    ...(families.length > 1 ? families.map((family) => ({ kind: 'without', family }) as const) : []),
    { kind: 'gate', factor: 0.8 },
    { kind: 'gate', factor: 1.2 },
    { kind: 'raw' },
  ];
  const variants = changes.flatMap((change): Variant[] => {
    const { cells, score } = scoredWith(table, change);
    const order = orderBy(table, rows, score);
    return order ? [{ change, order, tau: kendallTau(published, order), cells }] : [];
  });
  return { published, cells: table.cells.length, variants };
});

type Score = { readonly worst: number; readonly mean: number };

/** Null where a row has no score this way: there is no order then. */
function orderBy({ suite }: Table, rows: readonly Row[], score: (row: Row) => Score | null): BaselineId[] | null {
  const scored = rows.flatMap((row) => {
    const own = score(row);
    return own ? [{ id: row.id, collapsed: row.collapsed, ...own }] : [];
  });
  return scored.length === rows.length ? inOrder(scored, rankedBy(suite)) : null;
}

function scoredWith(table: Table, change: Change): { cells: number; score: (row: Row) => Score | null } {
  const { suite, reference, cells } = table;
  if (change.kind === 'raw') return { cells: cells.length, score: (row) => byRawShare(table, row) };
  if (change.kind === 'without') {
    const kept = ({ family }: { readonly family: string }) => family !== change.family;
    return {
      cells: cells.filter(kept).length,
      score: ({ effects, kept: own }) =>
        byShare(table, { effects: effects.filter(kept), kept: own?.filter(kept) ?? null }),
    };
  }
  const counted = countedCells(suite, reference, (attack) => change.factor * gateOf(attack, suite.rules));
  return {
    cells: counted.length,
    score: ({ trials }) => byShare(table, leftIn({ ...table, cells: counted }, trials)),
  };
}

function byShare({ suite }: Table, { effects, kept }: Pick<Row, 'effects' | 'kept'>): Score | null {
  if (kept) {
    const seeds = seedsOf(kept);
    return seeds.length === 0 ? null : { worst: worstAt(kept, seeds), mean: meanAt(kept, seeds) };
  }
  const robust = robustnessOf(suite, effects);
  return scoreOf(robust.counted);
}

/** The same averages, of P itself. */
function byRawShare({ suite, cells }: Table, { trials }: Row): Score | null {
  const attacked = attackedBy(trials);
  const ofCell = ({ scenario, budget }: { readonly scenario: string; readonly budget: number }): Robustness | null => {
    const shares = attacked
      .filter((one) => one.scenario === scenario && one.budget === budget)
      .map(({ robustAccuracy }) => robustAccuracy);
    return shares.length > 0 ? { rho: mean(shares), deviations: new Map([[0, 0]]) } : null;
  };
  const families = [...new Set(cells.map(({ family }) => family))].map((family) => {
    const own = cells.filter((cell) => cell.family === family);
    const scenarios = [...new Set(own.map(({ scenario }) => scenario))];
    return [
      family,
      average(scenarios.map((id) => average(own.filter(({ scenario }) => scenario === id).map(ofCell)))),
    ] as const;
  });
  return scoreOf(families.filter(([family]) => suite.scenarios.some((scenario) => scenario.family === family)));
}

function scoreOf(counted: readonly (readonly [string, Robustness | null])[]): Score | null {
  const [least, whole] = [leastOf(counted), average(counted.map(([, robustness]) => robustness))];
  return least && whole && { worst: bound(least.robustness.rho), mean: bound(whole.rho) };
}
