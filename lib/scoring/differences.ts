import type { TrialResult } from '../contract/result.ts';
import { trialKey } from '../contract/suite.ts';

/** What a trial measures that its inputs alone decide; its costs are the machine's. */
export const reproducible = [
  'outcome',
  'cleanAccuracy',
  'commonestClass',
  'robustAccuracy',
  'attackSuccess',
  'filterRecall',
  'filterFalsePositives',
  'certified',
] as const;

export type Difference = { metric: (typeof reproducible)[number]; recorded: TrialResult; again: TrialResult };

/**
 * Where a trial that was run again is not what was recorded, to the last bit. Throws RangeError where there is no
 * record of it.
 */
export function differences(recorded: readonly TrialResult[], again: readonly TrialResult[]): Difference[] {
  const records = new Map(recorded.map((trial) => [trialKey(trial), trial]));
  return again.flatMap((trial) => {
    const record = records.get(trialKey(trial));
    if (!record) throw new RangeError(`there is no record of trial ${trialKey(trial)}`);
    return reproducible
      .filter((metric) => JSON.stringify(record[metric]) !== JSON.stringify(trial[metric]))
      .map((metric) => ({ metric, recorded: record, again: trial }));
  });
}
