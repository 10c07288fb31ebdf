import type { Estimate } from './report.ts';

/** Where an entry stands in a closed season, and how its public score compares. */
export type SeasonPlace = {
  /** The places it may have; null of one that is not ranked. */
  readonly rank: [number, number] | null;
  /** How many entries have places: who left after the close is among them. */
  readonly compared: number;
  /** The entries that it can't be told apart from. */
  readonly tied: readonly string[];
  /** Its mean on the public suite. */
  readonly publicMean: Estimate | null;
  /** What it reaches more in public; null where the two are not scored by the same rules. */
  readonly gap: Estimate | null;
  /** The gap is surely large. */
  readonly gapIsLarge: boolean;
};
