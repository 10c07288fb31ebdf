import type { Suite } from '../../contract/suite.ts';
import { type CleanBySeed, type CleanRun, cleanBeside } from '../clean.ts';
import { mean } from '../stats.ts';
import type { KeptCell } from './cells.ts';
import { shareOf } from './shares.ts';

type Trained = { readonly clean: readonly CleanRun[]; readonly cells: readonly KeptCell[] };
/** A run in one cell, beside its clean accuracy with the same data set and model. */
type Run = { readonly clean: CleanBySeed; readonly cell: KeptCell };

/** An entry's clean accuracy beside one of its cells, the members of the frontier there, and the seeds of them all. */
export type Beside = { readonly clean: CleanBySeed; readonly members: readonly Run[]; readonly seeds: Set<number> };

export function besideEach(suite: Suite, entry: Trained, members: readonly Trained[]): Map<KeptCell, Beside> {
  const runIn = ({ clean, cells }: Trained, place: number): Run => {
    const cell = cells[place]!;
    const scenario = suite.scenarios.find(({ id }) => id === cell.scenario)!;
    return { clean: cleanBeside(scenario, clean), cell };
  };
  return new Map(
    entry.cells.map((cell, place) => {
      const { clean } = runIn(entry, place);
      const there = members.map((member) => runIn(member, place));
      const seeds = [...clean.keys()].filter((seed) =>
        there.every((run) => run.clean.has(seed) && run.cell.bySeed.has(seed)),
      );
      return [cell, { clean, members: there, seeds: new Set(seeds) }];
    }),
  );
}

/**
 * The share of the damage that plain SGD undoes in a cell where it may stop early: at one length, or drawing by lot
 * between two, the best for the cell, as long as it is no less accurate than the entry. Either the runs without poison
 * are compared, with that data set and model, or those with the poison of the cell: who trains to the end where the
 * data look clean, and stops early where they do not, is as accurate as the undefended model by the first alone. It is
 * held against the entry's own recalls without poison, whatever these are. So an entry that is made of such runs gains
 * nothing, whichever of them it takes where. Not to defend is always open: never below 0.
 */
export function rivalShareAt(cell: KeptCell, { clean, members }: Beside, seeds: readonly number[]): number {
  const over = (numberAt: (seed: number) => number) => mean(seeds.map(numberAt));
  const accuracyIn = ({ bySeed }: KeptCell) => over((seed) => bySeed.get(seed)!.accuracy);
  const undefended = over((seed) => cell.bySeed.get(seed)!.undefended);
  const runs = members.map((run) => ({
    withoutPoison: over((seed) => run.clean.get(seed)!),
    withPoison: accuracyIn(run.cell),
    kept: over((seed) => run.cell.bySeed.get(seed)!.defended),
  }));
  const own = over((seed) => clean.get(seed)!);
  const kept = [
    ...keptByLots(runs, (run) => run.withoutPoison, own),
    ...keptByLots(runs, (run) => run.withPoison, accuracyIn(cell)),
  ];
  return shareOf(
    Math.max(undefended, ...kept),
    undefended,
    over((seed) => cell.bySeed.get(seed)!.cap),
  );
}

/** What is kept by each run that is as accurate as asked for, and by each lot between two that is so on average. */
const keptByLots = <Run extends { readonly kept: number }>(
  runs: readonly Run[],
  accuracyOf: (run: Run) => number,
  asked: number,
): number[] =>
  runs
    .filter((run) => accuracyOf(run) >= asked)
    .flatMap((run) =>
      runs.map((other) => {
        const [more, less] = [accuracyOf(run), accuracyOf(other)];
        const lot = less >= asked ? 0 : (more - asked) / (more - less); // of the less accurate one
        return run.kept + lot * (other.kept - run.kept);
      }),
    );
