import type { Estimate, Reference } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import type { CountedCell } from './cells.ts';
import { type CleanBySeed, cleanBySeed } from './clean.ts';
import type { BySeed } from './compare.ts';
import { atSeeds, type Effects, effectsOf } from './effects.ts';
import { clip, jackknifed, jackknifedBySeed, type RobustScores, robustScores } from './estimates.ts';
import { robustnessOf } from './robustness.ts';
import { mean } from './stats.ts';
import { frontierPoints } from './version-2/frontier.ts';

/**
 * Plain SGD with a full schedule of so many steps on every data set and model; null: of the recipe's own length, which
 * is the undefended run.
 */
type Member = { readonly steps: number | null; readonly clean: CleanBySeed; readonly effects: readonly Effects[] };

function membersOf(suite: Suite, cells: readonly CountedCell[], reference: Reference): Member[] {
  type Numbers = Pick<Reference, 'clean'> & {
    readonly cells: readonly Pick<Reference['cells'][number], 'scenario' | 'budget' | 'seed' | 'attacked'>[];
  };
  const member = (steps: number | null, numbers: Numbers) => {
    const attacked = numbers.cells.map((cell) => ({ ...cell, robustAccuracy: cell.attacked }));
    return { steps, clean: cleanBySeed(suite, numbers.clean), effects: effectsOf(cells, reference, attacked) };
  };
  const scored = <Run extends { seed: number }>(runs: readonly Run[]) =>
    runs.filter(({ seed }) => suite.seeds.includes(seed));
  const undefended = { clean: scored(reference.clean), cells: scored(reference.cells) };
  return [...reference.frontier.map((one) => member(one.steps, one)), member(null, undefended)];
}

export type FrontierPoint = {
  readonly steps: number | null;
  readonly cleanAccuracy: number;
  readonly scores: RobustScores;
};

/**
 * The under-trained frontier as a curve, the shortest schedule first and the undefended run (`steps` null) last: clean
 * accuracy, and robustness as of any other row. Empty where the reference was made without.
 */
export function frontierOf(
  suite: Suite,
  cells: readonly CountedCell[],
  reference: Reference,
): readonly FrontierPoint[] {
  if (suite.rules.scoring === 2) return frontierPoints(suite, cells, reference);
  if (reference.frontier.length === 0) return [];
  const found = knownOf(suite, cells, reference);
  found.points ??= found.members.map(({ steps, clean, effects }) => ({
    steps,
    cleanAccuracy: mean([...clean.values()]),
    scores: robustScores(robustnessOf(suite, effects)),
  }));
  return found.points;
}

type Standing = { readonly clean: number; readonly worst: number };

const standingAt = (suite: Suite, { clean, effects }: Omit<Member, 'steps'>, seeds: readonly number[]): Standing => ({
  clean: mean(seeds.map((seed) => clean.get(seed)!)),
  worst: robustnessOf(suite, atSeeds(effects, new Set(seeds))).least!.robustness.rho,
});

/**
 * A reference is frozen and of one suite, and every row of a board asks for the same members on the same cells at the
 * same seeds.
 */
const known = new WeakMap<Reference, Map<string, Known>>();
type Known = { members: Member[]; standings: Map<string, Standing[]>; points?: FrontierPoint[] };

function knownOf(suite: Suite, cells: readonly CountedCell[], reference: Reference): Known {
  const ofReference = known.get(reference) ?? new Map<string, Known>();
  known.set(reference, ofReference);
  const key = cells.map(({ scenario, budget }) => `${scenario} ${budget}`).join(', ');
  const found: Known = ofReference.get(key) ?? {
    members: membersOf(suite, cells, reference),
    standings: new Map<string, Standing[]>(),
  };
  ofReference.set(key, found);
  return found;
}

/**
 * Gain over under-training: the ρ of the board, that of the worst family, minus F(a), where a is the defense's clean
 * accuracy. F(a) is the largest ρ of the worst family among the members of the frontier with clean accuracy ≥ a. One
 * member is one length of training on everything. It is chosen before the attack is known, as a defense is, and has a
 * worst family of its own. The undefended run is always a member, so F is never below 0. Accuracies are means over the
 * seeds and then over the suite's models. The interval is the jackknife's over seeds: each time one seed is left out,
 * worst families, members and a are all computed anew. Clipped like ρ. Null without a frontier, or where ρ or a is not
 * known. Given fewer cells, or one, it is the gain in these over the member that is best in these.
 */
export function gainOf(...of: Parameters<typeof gainAt>): Estimate | null {
  const gain = gainAt(...of);
  return gain && clip(jackknifed(gain.seeds, gain.at));
}

/** By seed, what it says of the same gain, unclipped. */
export function gainBySeedOf(...of: Parameters<typeof gainAt>): BySeed | null {
  const gain = gainAt(...of);
  return gain && jackknifedBySeed(gain.seeds, gain.at);
}

function gainAt(
  suite: Suite,
  cells: readonly CountedCell[],
  reference: Reference,
  defense: Omit<Member, 'steps'>,
): { seeds: readonly number[]; at: (seeds: readonly number[]) => number } | null {
  if (reference.frontier.length === 0 || defense.effects.length === 0) return null;
  const { members, standings } = knownOf(suite, cells, reference);
  const runs = [defense, ...members];
  const seeds = [...defense.clean.keys()].filter((seed) =>
    runs.every((run) => run.clean.has(seed) && run.effects.every(({ bySeed }) => bySeed.has(seed))),
  );
  if (seeds.length === 0) return null;
  const membersAt = (kept: readonly number[]) => {
    const key = kept.join(' ');
    if (!standings.has(key))
      standings.set(
        key,
        members.map((member) => standingAt(suite, member, kept)),
      );
    return standings.get(key)!;
  };
  const at = (kept: readonly number[]) => {
    const { clean, worst } = standingAt(suite, defense, kept);
    return worst - Math.max(0, ...membersAt(kept).flatMap((member) => (member.clean >= clean ? [member.worst] : [])));
  };
  return { seeds, at };
}
