import type { Estimate, Reference, Scores } from '../../contract/report.ts';
import type { Suite } from '../../contract/suite.ts';
import type { CountedCell } from '../cells.ts';
import { type CleanBySeed, cleanBySeed } from '../clean.ts';
import { clip, jackknifed } from '../estimates.ts';
import { mean } from '../stats.ts';
import { type KeptCell, keptCells, seedsOf } from './cells.ts';
import { type Shares, sharesOf } from './estimates.ts';
import { runsIn } from './runs.ts';
import { familyAt, groupsOf, meanAt, type Statistic } from './shares.ts';

/** Plain SGD with a full schedule of so many steps; null: of the recipe's own length, the undefended run. */
type Member = { readonly steps: number | null; readonly clean: CleanBySeed; readonly cells: readonly KeptCell[] };
type Point = { readonly steps: number | null; readonly cleanAccuracy: number; readonly scores: Shares };
type Standing = { readonly clean: number; readonly share: number };

/** A reference is frozen, and every row of a board asks for the same members on the same cells at the same seeds. */
type Known = { members: Member[]; standings: Map<string, Standing[]>; points?: Point[] };
const known = new WeakMap<Reference, Map<string, Known>>();

function knownOf(suite: Suite, cells: readonly CountedCell[], reference: Reference): Known {
  const ofReference = known.get(reference) ?? new Map<string, Known>();
  known.set(reference, ofReference);
  const key = cells.map(({ scenario, budget }) => `${scenario} ${budget}`).join(', ');
  const found = ofReference.get(key) ?? { members: membersOf(suite, cells, reference), standings: new Map() };
  ofReference.set(key, found);
  return found;
}

function membersOf(suite: Suite, cells: readonly CountedCell[], reference: Reference): Member[] {
  const scored = <Run extends { seed: number }>(runs: readonly Run[]) =>
    runs.filter(({ seed }) => suite.seeds.includes(seed));
  const undefended = { steps: null, clean: scored(reference.clean), cells: scored(reference.cells) };
  return [...reference.frontier, undefended].map(({ steps, clean, cells: attacked }) => ({
    steps,
    clean: cleanBySeed(suite, clean),
    cells: keptCells(suite, cells, reference, runsIn(clean, attacked)),
  }));
}

/** The frontier as a curve, the shortest schedule first and the undefended run last. Empty where there is none. */
export function frontierPoints(suite: Suite, cells: readonly CountedCell[], reference: Reference): readonly Point[] {
  if (reference.frontier.length === 0) return [];
  const found = knownOf(suite, cells, reference);
  found.points ??= found.members.map(({ steps, clean, cells: own }) => ({
    steps,
    cleanAccuracy: mean([...clean.values()]),
    scores: sharesOf(suite, own),
  }));
  return found.points;
}

/**
 * Gain over under-training: a share of the entry minus the largest that plain SGD of some length has, among those whose
 * clean accuracy is no less than the entry's. In the mean of the families, and in each family, where another length may
 * be the best. Not to defend is always open: what is taken off is never below 0. The interval is the jackknife's of the
 * whole computation. Null without a frontier, and where a number is missing.
 */
export function gainsOf(
  suite: Suite,
  counted: readonly CountedCell[],
  reference: Reference,
  entry: Pick<Member, 'clean' | 'cells'>,
): Pick<Scores, 'gain' | 'gains'> {
  const gain = (name: string, statistic: Statistic, of: (cells: readonly KeptCell[]) => readonly KeptCell[]) =>
    reference.frontier.length === 0 || counted.length === 0
      ? null
      : gainIn(knownOf(suite, counted, reference), entry, name, statistic, of);
  const families = groupsOf(suite.scenarios, ({ family }) => family).map(([family]) => family);
  return {
    gain: gain('mean', meanAt, (cells) => cells),
    gains: Object.fromEntries(
      families.map((family) => [
        family,
        gain(family, familyAt, (cells) => cells.filter((cell) => cell.family === family)),
      ]),
    ),
  };
}

function gainIn(
  { members, standings }: Known,
  entry: Pick<Member, 'clean' | 'cells'>,
  name: string,
  statistic: Statistic,
  of: (cells: readonly KeptCell[]) => readonly KeptCell[],
): Estimate | null {
  const seeds = seedsOf(of(entry.cells)).filter((seed) =>
    [entry, ...members].every(({ clean, cells }) => clean.has(seed) && seedsOf(of(cells)).includes(seed)),
  );
  if (seeds.length === 0) return null;
  const standing = ({ clean, cells }: Pick<Member, 'clean' | 'cells'>, at: readonly number[]): Standing => ({
    clean: mean(at.map((seed) => clean.get(seed)!)),
    share: statistic(of(cells), at),
  });
  const membersAt = (at: readonly number[]) => {
    const key = `${name} ${at.join(' ')}`;
    const found = standings.get(key) ?? members.map((member) => standing(member, at));
    standings.set(key, found);
    return found;
  };
  return clip(
    jackknifed(seeds, (at) => {
      const own = standing(entry, at);
      const rivals = membersAt(at).filter(({ clean }) => clean >= own.clean);
      return own.share - Math.max(0, ...rivals.map(({ share }) => share));
    }),
  );
}
