import type { Reference, Scores } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import { type Suite, trialKey, trialsOf } from '../contract/suite.ts';
import { countedCells } from './cells.ts';
import { attackedBy, type Effects, effectsOf } from './effects.ts';
import { robustnessOf } from './robustness.ts';
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
 * families. Null: a trial is missing (ours, a module's own failure counts as 0), nothing counts, or
 * its module embeds data.
 */
export function contenderOf(
  suite: Suite,
  reference: Reference,
  entry: { id: string; trials: readonly TrialResult[]; scores: Scores },
): Contender | null {
  const { id, trials, scores } = entry;
  const there = new Set(trials.map(trialKey));
  if (scores.flags.includes('embeds-data') || !trialsOf(suite).every((trial) => there.has(trialKey(trial))))
    return null;
  const counted = countedCells(suite, reference);
  const bySeed =
    suite.rules.scoring === 2
      ? meanBySeed(keptCells(suite, counted, reference, runsOf(trials)))
      : worstBySeed(suite, effectsOf(counted, reference, attackedBy(trials)));
  return bySeed && { id, bySeed, collapsed: scores.flags.includes('collapsed') };
}

function worstBySeed(suite: Suite, effects: readonly Effects[]): Map<number, number> | null {
  const worst = robustnessOf(suite, effects).least;
  if (!worst) return null;
  const { rho, deviations } = worst.robustness;
  return new Map([...deviations].map(([seed, deviation]) => [seed, rho + deviation]));
}

/** The chance that any difference is called one that is none. */
const level = 0.05;

/**
 * For each entry [1 + how many are significantly better, m − how many are significantly worse]: by a paired t test over
 * seeds of what each says of the number compared, with Holm's correction over all pairs. Collapsed entries
 * stand after all others, whatever their ρ. There are no groups of ties, because "not separable" is not transitive; the
 * ranges of places overlap instead. Throws RangeError for entries with other seeds than the first's.
 */
export function ranksOf(contenders: readonly Contender[]): Map<string, [number, number]> {
  const pairs = contenders.flatMap((a, at) =>
    contenders
      .slice(at + 1)
      .flatMap((b) => (a.collapsed === b.collapsed ? [{ a, b, differences: differencesOf(a, b) }] : [])),
  );
  const apart = holmRejects(
    pairs.map(({ differences }) => pairedTest(differences)),
    level,
  );
  const better = new Map(
    contenders.map(({ id, collapsed }) => [id, collapsed ? contenders.filter((other) => !other.collapsed).length : 0]),
  );
  const worse = new Map(
    contenders.map(({ id, collapsed }) => [id, collapsed ? 0 : contenders.filter((other) => other.collapsed).length]),
  );
  const count = (of: Map<string, number>, { id }: Contender) => of.set(id, of.get(id)! + 1);
  pairs.forEach(({ a, b, differences }, at) => {
    if (!apart[at]) return;
    const [winner, loser] = differences.reduce((sum, difference) => sum + difference, 0) > 0 ? [a, b] : [b, a];
    count(worse, winner);
    count(better, loser);
  });
  return new Map(contenders.map(({ id }) => [id, [1 + better.get(id)!, contenders.length - worse.get(id)!]]));
}

function differencesOf(a: Contender, b: Contender): number[] {
  if (a.bySeed.size !== b.bySeed.size)
    throw new RangeError(`ranksOf: ${a.id} has ${a.bySeed.size} seeds, ${b.id} has ${b.bySeed.size}; want the same`);
  return [...a.bySeed].map(([seed, rho]) => {
    const other = b.bySeed.get(seed);
    if (other === undefined) throw new RangeError(`ranksOf: ${b.id} lacks seed ${seed} of ${a.id}`);
    return rho - other;
  });
}
