import type { Estimate, Reference, Scores } from '../../contract/report.ts';
import type { Suite } from '../../contract/suite.ts';
import type { CountedCell } from '../cells.ts';
import { type CleanRun, cleanBySeed } from '../clean.ts';
import type { BySeed } from '../compare.ts';
import { jackknifedBySeed } from '../estimates.ts';
import { mean } from '../stats.ts';
import { type KeptCell, keptCells, seedsOf } from './cells.ts';
import { jackknifeOf, type Shares, sharesOf } from './estimates.ts';
import { type Beside, besideEach, rivalShareAt } from './rival.ts';
import { type Runs, runsIn } from './runs.ts';
import { familyAt, groupsOf, meanAt, type Statistic, shareAt } from './shares.ts';

/** Plain SGD with a full schedule of so many steps; null: of the recipe's own length, the undefended run. */
type Member = { readonly steps: number | null } & Pick<Reference['frontier'][number], 'clean' | 'cells'>;
type Point = { readonly steps: number | null; readonly cleanAccuracy: number; readonly scores: Shares };

function membersOf(suite: Suite, reference: Reference): Member[] {
  const scored = <Run extends { seed: number }>(runs: readonly Run[]) =>
    runs.filter(({ seed }) => suite.seeds.includes(seed));
  return [...reference.frontier, { steps: null, clean: scored(reference.clean), cells: scored(reference.cells) }];
}

/** A reference is frozen, and every view of a board asks for the same curve. */
const known = new WeakMap<Reference, Map<string, readonly Point[]>>();

/** The frontier as a curve, the shortest schedule first and the undefended run last. Empty where there is none. */
export function frontierPoints(suite: Suite, cells: readonly CountedCell[], reference: Reference): readonly Point[] {
  if (reference.frontier.length === 0) return [];
  const ofReference = known.get(reference) ?? new Map<string, readonly Point[]>();
  known.set(reference, ofReference);
  const key = cells.map(({ scenario, budget }) => `${scenario} ${budget}`).join(', ');
  const points =
    ofReference.get(key) ??
    membersOf(suite, reference).map(({ steps, clean, cells: attacked }) => ({
      steps,
      cleanAccuracy: mean([...cleanBySeed(suite, clean).values()]),
      scores: sharesOf(suite, keptCells(suite, cells, reference, runsIn(clean, attacked))),
    }));
  ofReference.set(key, points);
  return points;
}

/** What gain is asked of: clean accuracies, runs, and what these keep in the cells that count. */
type Entry = { readonly clean: readonly CleanRun[]; readonly runs: Runs; readonly cells: readonly KeptCell[] };

/** The members' runs under attack, held against the entry's recalls without poison. */
const rivalsOf = (suite: Suite, counted: readonly CountedCell[], reference: Reference, { runs }: Entry) =>
  membersOf(suite, reference).map(({ clean, cells }) => ({
    clean,
    cells: keptCells(suite, counted, reference, { clean: runs.clean, attacked: runsIn(clean, cells).attacked }),
  }));

/**
 * Gain over under-training: what the entry undoes less what plain SGD that stops early undoes in the same cells
 * (rival.ts), averaged as ρ is: by scenario, by family, over the families. The adaptive family's is that in the entry's
 * worst cells. The interval is the jackknife's of the whole computation. Null without a frontier, and where a number is
 * missing.
 */
export function gainsOf(
  suite: Suite,
  counted: readonly CountedCell[],
  reference: Reference,
  entry: Entry,
): Pick<Scores, 'gain' | 'gains'> {
  const beside = besideFrontier(suite, counted, reference, entry);
  const families = groupsOf(suite.scenarios, ({ family }) => family).map(([family]) => family);
  return {
    gain: beside && gainIn(entry.cells, beside, meanAt),
    gains: Object.fromEntries(
      families.map((family) => [
        family,
        beside &&
          gainIn(
            entry.cells.filter((cell) => cell.family === family),
            beside,
            familyAt,
          ),
      ]),
    ),
  };
}

/** The gain in each of the entry's cells by itself, and what every seed says of it. Null where there is none. */
export function gainOfEach(...[suite, counted, reference, entry]: Parameters<typeof gainsOf>): (Gain | null)[] {
  const beside = besideFrontier(suite, counted, reference, entry);
  return entry.cells.map((cell) => {
    const seeds = beside ? seedsWith([cell], beside) : [];
    if (!beside || seeds.length === 0) return null;
    const at = gainAt([cell], beside, meanAt);
    return { gain: jackknifeOf(seeds, at), bySeed: jackknifedBySeed(seeds, at) };
  });
}

type Gain = { readonly gain: Estimate; readonly bySeed: BySeed };

const besideFrontier = (...[suite, counted, reference, entry]: Parameters<typeof gainsOf>) =>
  reference.frontier.length > 0 && counted.length > 0
    ? besideEach(suite, entry, rivalsOf(suite, counted, reference, entry))
    : null;

type Rivals = ReadonlyMap<KeptCell, Beside>;

const seedsWith = (cells: readonly KeptCell[], beside: Rivals) =>
  seedsOf(cells).filter((seed) => cells.every((cell) => beside.get(cell)!.seeds.has(seed)));

const gainAt = (cells: readonly KeptCell[], beside: Rivals, statistic: Statistic) => (seeds: readonly number[]) =>
  statistic(cells, seeds, (cell, at) => shareAt(cell, at) - rivalShareAt(cell, beside.get(cell)!, at));

function gainIn(cells: readonly KeptCell[], beside: Rivals, statistic: Statistic): Estimate | null {
  const seeds = seedsWith(cells, beside);
  return seeds.length === 0 ? null : jackknifeOf(seeds, gainAt(cells, beside, statistic));
}
