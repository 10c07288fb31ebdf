import { bound, mean } from '../stats.ts';
import type { KeptCell } from './cells.ts';

/** A number that one cell has at some of its seeds. */
export type CellValue = (cell: KeptCell, seeds: readonly number[]) => number;

/** A number that follows from cells, and from those of their seeds that it is given: an average of ρ, or of another. */
export type Statistic = (cells: readonly KeptCell[], seeds: readonly number[], valueAt?: CellValue) => number;

/** ρ of a cell: the share of the damage undone, between −1 and 1. 0 where the attack did no damage at these seeds. */
export const shareAt: CellValue = ({ bySeed }, seeds) => {
  const kept = seeds.map((seed) => bySeed.get(seed)!);
  return shareOf(
    mean(kept.map(({ defended }) => defended)),
    mean(kept.map(({ undefended }) => undefended)),
    mean(kept.map(({ cap }) => cap)),
  );
};

export const shareOf = (kept: number, undefended: number, cap: number): number =>
  cap > undefended ? bound((kept - undefended) / (cap - undefended)) : 0;

/** Of the cells of one scenario. */
export const scenarioAt: Statistic = (cells, seeds, valueAt = shareAt) =>
  mean(cells.map((cell) => valueAt(cell, seeds)));

/** Of the cells of one family, the mean of its scenarios. The adaptive one is that of the entry's worst cells. */
export const familyAt: Statistic = (cells, seeds, valueAt = shareAt) => {
  if (cells[0]?.family !== 'adaptive')
    return mean(groupsOf(cells, ({ scenario }) => scenario).map(([, own]) => scenarioAt(own, seeds, valueAt)));
  const parts = worstCells(cells, seeds).map((part) => part.seeds.length * valueAt(part.cell, part.seeds));
  return parts.reduce((sum, part) => sum + part, 0) / seeds.length;
};

export type Chosen = { readonly cell: KeptCell; readonly seeds: readonly number[] };

/**
 * The entry's worst cell, chosen on the even seeds for the odd ones and the other way round, the first of equals: no
 * cell is scored on the seeds that chose it, which would make it look worse than it is. A try of seeds of one kind
 * alone chooses on them.
 */
export function worstCells(cells: readonly KeptCell[], seeds: readonly number[]): Chosen[] {
  const halves = [0, 1].map((rest) => seeds.filter((seed) => seed % 2 === rest)).filter(({ length }) => length > 0);
  const worst = halves.map((half) => {
    const others = halves.find((other) => other !== half) ?? half;
    const shares = cells.map((cell) => shareAt(cell, others));
    return { cell: cells[shares.indexOf(Math.min(...shares))]!, seeds: half };
  });
  return groupsOf(worst, ({ cell }) => cell).map(([cell, parts]) => ({
    cell,
    seeds: parts.flatMap((part) => part.seeds),
  }));
}

/** Family by family, in the suite's order. */
export const familiesAt = (...[cells, seeds, valueAt]: Parameters<Statistic>): [string, number][] =>
  groupsOf(cells, ({ family }) => family).map(([family, own]) => [family, familyAt(own, seeds, valueAt)]);

export const meanAt: Statistic = (...of) => mean(familiesAt(...of).map(([, share]) => share));

export const worstAt: Statistic = (cells, seeds) => Math.min(...familiesAt(cells, seeds).map(([, share]) => share));

export const groupsOf = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): [Key, Item[]][] =>
  [...new Set(items.map(keyOf))].map((key) => [key, items.filter((item) => keyOf(item) === key)]);
