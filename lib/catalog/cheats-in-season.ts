import type { Estimate } from '../contract/report.ts';
import type { BaselineId } from './baselines/index.ts';
import type { SecondCheatId } from './cheats-2.ts';
import measured from './cheats-in-season.json' with { type: 'json' };

/**
 * What a defense gave in the honesty probes, means over the seeds: shares of test rows. The last two are what it has
 * beyond the undefended model of the same seeds. Null where its trials failed.
 */
export type InProbes = {
  /** Of classes that were renamed, called by their old names. */
  readonly oldNames: number | null;
  /** Right, where labels were shuffled. */
  readonly shuffled: number | null;
  /** Of another world, called by their old names. */
  readonly otherNames: number | null;
  /** Lost in another world. */
  readonly lost: number | null;
  /** Right, from ten rows. */
  readonly fewRows: number | null;
};

export type CheatInSeason = {
  /** Robustness in the season. */
  readonly mean: Estimate;
  /** What of it training less does not give. */
  readonly gain: Estimate;
  readonly flags: readonly string[];
  readonly probes: InProbes;
};

/**
 * Cheats in a season of plan smoke that was drawn for them alone, on data that no public suite uses, and reference
 * defenses in its probes. tests/cheats/season.test.ts evaluates each again and writes what it measured as
 * tests/.out/cheats-in-season.json, in this form.
 */
export const cheatsInSeason: {
  readonly plan: string;
  readonly dataset: string;
  readonly seeds: readonly number[];
  readonly gateSeeds: readonly number[];
  readonly engine: string;
  readonly harness: string;
  readonly date: string;
  readonly cheats: Partial<Record<SecondCheatId, CheatInSeason>>;
  readonly honest: Partial<Record<BaselineId, InProbes>>;
  /** Of a module that returns weights trained on the season's own clean rows, as if its data had leaked. */
  readonly informed: InProbes;
} = measured;
