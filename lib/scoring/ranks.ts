import type { Reference, Scores } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import { type Suite, trialKey, trialsOf } from '../contract/suite.ts';
import { scoredCells } from './cells.ts';
import { attackedBy, type Effects, effectsOf } from './effects.ts';
import { bySeedOf, robustnessOf } from './robustness.ts';
import { holmRejects, pairedTest } from './stats.ts';
import { keptCells } from './version-2/cells.ts';
import { meanBySeed } from './version-2/contender.ts';
import { runsOf } from './version-2/runs.ts';

/** What entries are ranked by. */
export type Contender = {
  readonly id: string;
  /** What each scored seed says of the number that is compared; they average to it. */
  readonly bySeed: ReadonlyMap<number, number>;
  readonly collapsed: boolean;
};

/**
 * The entry as it is ranked: by version 1 in its worst family of all seeds together, by version 2 in the mean of the
 * families. A control's are those of its score: without the cells in which every row is poison. Null: a trial is
 * missing (ours, a module's own failure counts as 0), nothing counts, or its module embeds data.
 */
export function contenderOf(
  suite: Suite,
  reference: Reference,
  entry: { id: string; trials: readonly TrialResult[]; scores: Scores; control?: boolean },
): Contender | null {
  const { id, trials, scores, control = false } = entry;
  const there = new Set(trials.map(trialKey));
  if (scores.flags.includes('embeds-data') || !trialsOf(suite).every((trial) => there.has(trialKey(trial))))
    return null;
  const counted = scoredCells(suite, reference, control);
  const bySeed =
    suite.rules.scoring === 2
      ? meanBySeed(keptCells(suite, counted, reference, runsOf(trials)))
      : worstBySeed(suite, effectsOf(counted, reference, attackedBy(trials)));
  return bySeed && { id, bySeed, collapsed: scores.flags.includes('collapsed') };
}

function worstBySeed(suite: Suite, effects: readonly Effects[]): Map<number, number> | null {
  const worst = robustnessOf(suite, effects).least;
  return worst && bySeedOf(worst.robustness);
}

/** The chance that any difference is called one that is none. */
const level = 0.05;

/** Where an entry stands: the places it may have, and those whom it can't be told apart from. */
export type Place = { readonly rank: [number, number]; readonly tied: readonly string[] };

/**
 * For each entry [1 + how many are significantly better, m − how many are significantly worse]: by a paired t test over
 * seeds of what each says of the number compared, with Holm's correction over all pairs. Collapsed entries stand after
 * all others, whatever their ρ. "Not told apart" is not transitive, so each entry has a group of ties of its own, and
 * the ranges of places overlap. Throws RangeError for entries with other seeds than the first's.
 */
export function placesOf(contenders: readonly Contender[]): Map<string, Place> {
  const pairs = contenders.flatMap((a, at) =>
    contenders
      .slice(at + 1)
      .flatMap((b) => (a.collapsed === b.collapsed ? [{ a, b, differences: differencesOf(a, b) }] : [])),
  );
  const apart = holmRejects(
    pairs.map(({ differences }) => pairedTest(differences)),
    level,
  );
  const places = new Map(
    contenders.map(({ id, collapsed }) => {
      const others = contenders.filter((other) => other.collapsed !== collapsed).length;
      return [id, { better: collapsed ? others : 0, worse: collapsed ? 0 : others, tied: [] as string[] }];
    }),
  );
  pairs.forEach(({ a, b, differences }, at) => {
    const [left, right] = [places.get(a.id)!, places.get(b.id)!];
    if (!apart[at]) {
      left.tied.push(b.id);
      right.tied.push(a.id);
      return;
    }
    const [winner, loser] =
      differences.reduce((sum, difference) => sum + difference, 0) > 0 ? [left, right] : [right, left];
    winner.worse++;
    loser.better++;
  });
  return new Map(
    [...places].map(([id, { better, worse, tied }]) => [id, { rank: [1 + better, contenders.length - worse], tied }]),
  );
}

/** The places alone. */
export const ranksOf = (contenders: readonly Contender[]): Map<string, [number, number]> =>
  new Map([...placesOf(contenders)].map(([id, { rank }]) => [id, rank]));

function differencesOf(a: Contender, b: Contender): number[] {
  if (a.bySeed.size !== b.bySeed.size)
    throw new RangeError(`ranksOf: ${a.id} has ${a.bySeed.size} seeds, ${b.id} has ${b.bySeed.size}; want the same`);
  return [...a.bySeed].map(([seed, rho]) => {
    const other = b.bySeed.get(seed);
    if (other === undefined) throw new RangeError(`ranksOf: ${b.id} lacks seed ${seed} of ${a.id}`);
    return rho - other;
  });
}
