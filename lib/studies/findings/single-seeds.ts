import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import { rankedBy } from '../../contract/suite.ts';
import { atSeeds } from '../../scoring/effects.ts';
import { contenderOf, ranksOf } from '../../scoring/ranks.ts';
import { robustnessOf } from '../../scoring/robustness.ts';
import { meanAt } from '../../scoring/version-2/shares.ts';
import { inOrder } from './order.ts';
import { defensesIn, oncePerTable, type Row, type Table } from './table.ts';

type SeedRow = {
  readonly id: BaselineId;
  readonly collapsed: boolean;
  /** The number that ranks, of all seeds: the worst family, or the mean. */
  readonly ranks: Estimate;
  /** What the board would say of it if this seed alone had been run, unclipped. */
  readonly bySeed: ReadonlyMap<number, number>;
  /**
   * Where in the order it may stand by all seeds: what a paired t, corrected after Holm, can't tell apart is left open.
   */
  readonly places: readonly [first: number, last: number];
};

/**
 * `above` stands before `below` by all seeds; `reversed` of the seeds, each alone, would have it the other way round.
 */
type Pair = { readonly above: BaselineId; readonly below: BaselineId; readonly reversed: number };

export type SingleSeeds = {
  readonly seeds: number;
  /** In order. */
  readonly rows: readonly SeedRow[];
  /** Of rows that are both collapsed or neither, for a collapse decides by itself. */
  readonly pairs: readonly Pair[];
  /** The share of (pair, seed) that have it the other way round. */
  readonly wrong: number;
  /** The largest difference between two seeds of one row. */
  readonly widest: { readonly id: BaselineId; readonly spread: number } | null;
};

/** What a board of one seed would have said, ten times over. */
export const singleSeedsOf = oncePerTable((table): SingleSeeds => {
  const { suite, reference } = table;
  const whole = defensesIn(table).flatMap((row) => {
    const contender = contenderOf(suite, reference, row);
    return contender && row.scores.worst && row.scores.mean
      ? [{ row, contender, worst: row.scores.worst, mean: row.scores.mean }]
      : [];
  });
  const places = ranksOf(whole.map(({ contender }) => contender));
  const rows = inOrder(
    whole.map(({ row: { id, collapsed }, worst, mean }) => ({ id, collapsed, worst: worst.value, mean: mean.value })),
    rankedBy(suite),
  ).map((id): SeedRow => {
    const { row, worst, mean } = whole.find((one) => one.row.id === id)!;
    const ranks = rankedBy(suite) === 'mean' ? mean : worst;
    return { id, collapsed: row.collapsed, ranks, bySeed: eachSeed(table, row), places: places.get(id)! };
  });
  const pairs = rows.flatMap((above, at) =>
    rows.slice(at + 1).flatMap((below): Pair[] => {
      if (above.collapsed !== below.collapsed) return [];
      const reversed = suite.seeds.filter((seed) => below.bySeed.get(seed)! > above.bySeed.get(seed)!).length;
      return [{ above: above.id, below: below.id, reversed }];
    }),
  );
  const spreads = rows.map(({ id, bySeed }) => ({
    id,
    spread: Math.max(...bySeed.values()) - Math.min(...bySeed.values()),
  }));
  return {
    seeds: suite.seeds.length,
    rows,
    pairs,
    wrong:
      pairs.length > 0
        ? pairs.reduce((sum, { reversed }) => sum + reversed, 0) / (pairs.length * suite.seeds.length)
        : 0,
    widest: spreads.length > 0 ? spreads.reduce((most, other) => (other.spread > most.spread ? other : most)) : null,
  };
});

/** The number that ranks as each seed by itself has it: of the worst family, where its worst family is its own. */
const eachSeed = ({ suite }: Table, { effects, kept }: Row): Map<number, number> =>
  new Map(
    suite.seeds.map((seed) => [
      seed,
      kept ? meanAt(kept, [seed]) : robustnessOf(suite, atSeeds(effects, new Set([seed]))).least!.robustness.rho,
    ]),
  );
