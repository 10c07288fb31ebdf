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
 * between two, the best for the cell, as long as its clean accuracy with that data set and model is no less than the
 * entry's. It is held against the entry's own recalls without poison, whatever these are. So an entry that is made of such runs gains nothing, whichever of them it takes where. Not to defend is
 * always open: never below 0.
 */
export function rivalShareAt({ bySeed }: KeptCell, { clean, members }: Beside, seeds: readonly number[]): number {
  const over = (numberAt: (seed: number) => number) => mean(seeds.map(numberAt));
  const undefended = over((seed) => bySeed.get(seed)!.undefended);
  const own = over((seed) => clean.get(seed)!);
  const runs = members.map((run) => ({
    clean: over((seed) => run.clean.get(seed)!),
    kept: over((seed) => run.cell.bySeed.get(seed)!.defended),
  }));
  const kept = runs
    .filter((run) => run.clean >= own)
    .flatMap((run) =>
      runs.map((other) => {
        const lot = other.clean >= own ? 0 : (run.clean - own) / (run.clean - other.clean); // of the less accurate one
        return run.kept + lot * (other.kept - run.kept);
      }),
    );
  return shareOf(
    Math.max(undefended, ...kept),
    undefended,
    over((seed) => bySeed.get(seed)!.cap),
  );
}
