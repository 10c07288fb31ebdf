import { isLater, type MetricId, metricIds } from '../contract/metrics.ts';
import type { TrialResult } from '../contract/result.ts';
import { trialKey } from '../contract/suite.ts';

/** What a trial measures is decided by its inputs alone; its costs are the machine's. */
export type Difference = { metric: 'outcome' | MetricId; recorded: TrialResult; again: TrialResult };

/**
 * Where a trial that was run again is not what was recorded, to the last bit. A metric that the record lacks because it
 * was added later is not compared. Throws RangeError where there is no record of the trial.
 */
export function differences(recorded: readonly TrialResult[], again: readonly TrialResult[]): Difference[] {
  const records = new Map(recorded.map((trial) => [trialKey(trial), trial]));
  return again.flatMap((trial) => {
    const record = records.get(trialKey(trial));
    if (!record) throw new RangeError(`there is no record of trial ${trialKey(trial)}`);
    const metrics = metricIds.filter((id) => record[id] !== null || !isLater(id));
    return (['outcome', ...metrics] as const)
      .filter((metric) => JSON.stringify(record[metric]) !== JSON.stringify(trial[metric]))
      .map((metric) => ({ metric, recorded: record, again: trial }));
  });
}
