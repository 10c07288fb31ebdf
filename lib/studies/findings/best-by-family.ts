import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Family } from '../../contract/ids.ts';
import type { Estimate } from '../../contract/report.ts';
import { rankedBy, type Suite } from '../../contract/suite.ts';
import { ranksOf } from '../../scoring/ranks.ts';
import { bySeedOf, robustnessOf } from '../../scoring/robustness.ts';
import { mean } from '../../scoring/stats.ts';
import type { KeptCell } from '../../scoring/version-2/cells.ts';
import { saysBySeed } from '../../scoring/version-2/contender.ts';
import { familyAt } from '../../scoring/version-2/shares.ts';
import { inOrder } from './order.ts';
import { defensesIn, type Row, type Table } from './table.ts';

type FamilyRow = {
  readonly id: BaselineId;
  readonly submission: string;
  readonly collapsed: boolean;
  readonly worst: Estimate;
  readonly mean: Estimate;
  readonly families: Readonly<Record<string, Estimate | null>>;
};

/**
 * Who undoes most in a family, and who can't be told from it: their first place is possible by a paired t over seeds,
 * corrected after Holm.
 */
type Best = { readonly family: Family; readonly id: BaselineId; readonly alike: readonly BaselineId[] };

export type BestByFamily = {
  readonly families: readonly Family[];
  /** In order. */
  readonly rows: readonly FamilyRow[];
  readonly best: readonly Best[];
  /** Who is compared in every family: all seeds are there, and the row has not collapsed. */
  readonly compared: readonly BaselineId[];
  /** Who is among the best, the best or one that can't be told from it, in most families, and in how many of them. */
  readonly leaders: { readonly ids: readonly BaselineId[]; readonly of: number };
};

/** The rows by family: whether one defense is the best everywhere. */
export function bestByFamilyOf(table: Table): BestByFamily {
  const whole = defensesIn(table).filter(({ scores }) => scores.worst && scores.mean);
  const order = inOrder(
    whole.map(({ id, collapsed, scores }) => ({ id, collapsed, worst: scores.worst!.value, mean: scores.mean!.value })),
    rankedBy(table.suite),
  );
  const rows = order.map((id) => whole.find((row) => row.id === id)!);
  const families = [...new Set(table.cells.map(({ family }) => family as Family))];
  const contenders = new Map(families.map((family) => [family, contendersIn(table.suite, family, rows)]));
  const best = families.flatMap((family) => bestIn(family, contenders.get(family)!));
  const wins = new Map<BaselineId, number>();
  for (const one of best.flatMap(({ id, alike }) => [id, ...alike])) wins.set(one, (wins.get(one) ?? 0) + 1);
  const most = Math.max(0, ...wins.values());
  return {
    families,
    rows: rows.map(({ id, submission, collapsed, scores }) => ({
      id,
      submission,
      collapsed,
      worst: scores.worst!,
      mean: scores.mean!,
      families: scores.families,
    })),
    best,
    compared: order.filter((id) => families.every((family) => contenders.get(family)!.some((one) => one.id === id))),
    leaders: { ids: [...wins].filter(([, count]) => count === most).map(([id]) => id), of: most },
  };
}

const keptBySeed = (kept: readonly KeptCell[], family: Family) =>
  saysBySeed(
    kept.filter((cell) => cell.family === family),
    familyAt,
  );

function shareBySeed(suite: Suite, { effects }: Row, family: Family): Map<number, number> | null {
  const robustness = robustnessOf(suite, effects).families.get(family);
  return robustness ? bySeedOf(robustness) : null;
}

const contendersIn = (suite: Suite, family: Family, rows: readonly Row[]) =>
  rows.flatMap((row) => {
    const bySeed = row.kept ? keptBySeed(row.kept, family) : shareBySeed(suite, row, family);
    if (!bySeed || row.collapsed || bySeed.size < suite.seeds.length) return [];
    return [{ id: row.id, rho: mean([...bySeed.values()]), collapsed: row.collapsed, bySeed }];
  });

function bestIn(family: Family, contenders: ReturnType<typeof contendersIn>): Best[] {
  if (contenders.length === 0) return [];
  const { id } = contenders.reduce((best, other) => (other.rho > best.rho ? other : best));
  const places = ranksOf(contenders);
  return [
    {
      family,
      id,
      alike: contenders.filter((other) => other.id !== id && places.get(other.id)![0] === 1).map((other) => other.id),
    },
  ];
}
