import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Family } from '../../contract/ids.ts';
import type { Estimate } from '../../contract/report.ts';
import { rankedBy, type Suite } from '../../contract/suite.ts';
import { bySeedOf, robustnessOf } from '../../scoring/robustness.ts';
import { mean } from '../../scoring/stats.ts';
import type { KeptCell } from '../../scoring/version-2/cells.ts';
import { saysBySeed } from '../../scoring/version-2/contender.ts';
import { familyAt } from '../../scoring/version-2/shares.ts';
import { inOrder } from './order.ts';
import { minus, surely } from './surely.ts';
import { defensesIn, oncePerTable, type Row } from './table.ts';

type FamilyRow = {
  readonly id: BaselineId;
  readonly submission: string;
  readonly collapsed: boolean;
  readonly worst: Estimate;
  readonly mean: Estimate;
  readonly families: Readonly<Record<string, Estimate | null>>;
};

/** Who undoes most in a family, and who can't be told from it: nobody there is surely before them. */
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
export const bestByFamilyOf = oncePerTable((table): BestByFamily => {
  const whole = defensesIn(table).filter(({ scores }) => scores.worst && scores.mean);
  const order = inOrder(
    whole.map(({ id, collapsed, scores }) => ({ id, collapsed, worst: scores.worst!.value, mean: scores.mean!.value })),
    rankedBy(table.suite),
  );
  const rows = order.map((id) => whole.find((row) => row.id === id)!);
  const families = [...new Set(table.cells.map(({ family }) => family as Family))];
  const contenders = new Map(families.map((family) => [family, contendersIn(table.suite, family, rows)]));
  const behind = surelyBehind(contenders);
  const best = families.flatMap((family) => bestIn(family, contenders.get(family)!, behind));
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
});

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
    return [{ id: row.id, rho: mean([...bySeed.values()]), bySeed }];
  });

type Contenders = ReturnType<typeof contendersIn>;

/** In each family those who are surely behind another there, all pairs of all families tested together. */
function surelyBehind(contenders: ReadonlyMap<Family, Contenders>): Set<string> {
  const pairs = [...contenders].flatMap(([family, own]) =>
    own.flatMap((one, at) =>
      own.slice(at + 1).map((other) => ({ family, one, other, differences: minus(one.bySeed, other.bySeed) })),
    ),
  );
  const sure = surely(pairs.map(({ differences }) => differences));
  return new Set(
    pairs.flatMap(({ family, one, other }, at) =>
      sure[at] ? [standing(family, sure[at] === 'more' ? other.id : one.id)] : [],
    ),
  );
}

const standing = (family: Family, id: BaselineId) => `${family} ${id}`;

function bestIn(family: Family, contenders: Contenders, behind: ReadonlySet<string>): Best[] {
  if (contenders.length === 0) return [];
  const { id } = contenders.reduce((best, other) => (other.rho > best.rho ? other : best));
  const alike = contenders.filter((other) => other.id !== id && !behind.has(standing(family, other.id)));
  return [{ family, id, alike: alike.map((other) => other.id) }];
}
