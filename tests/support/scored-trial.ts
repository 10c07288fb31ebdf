import { type Metrics, metricIds, metrics } from '../../lib/contract/metrics.ts';
import { type ModuleRef, resultHead, type TrialResult } from '../../lib/contract/result.ts';
import { type Suite, specOf, type Trial } from '../../lib/contract/suite.ts';
import { factsOf } from '../../lib/scoring/defect.ts';

type Cost = Pick<TrialResult, 'seconds' | 'undefendedSeconds' | 'peakBytes'>;

/**
 * A scored trial of that kind of module with these numbers, as far as they apply to it, and with examples of the others
 * that are wanted.
 */
export function scoredTrial(
  suite: Suite,
  trial: Trial,
  kind: ModuleRef['kind'],
  measured: Partial<Metrics>,
  cost: Cost,
): TrialResult {
  const given: Partial<Metrics> = { filterFalsePositives: metrics.filterFalsePositives.example, ...measured };
  const facts = factsOf(suite, trial, kind);
  const values = metricIds.map((id) => {
    const applies = metrics[id].applies(facts);
    if (applies === 'none') return [id, null];
    return [id, given[id] ?? (applies === 'wanted' ? metrics[id].example : null)];
  });
  return {
    ...resultHead(specOf(suite, trial)),
    outcome: 'scored',
    detail: null,
    ...(Object.fromEntries(values) as Metrics),
    ...cost,
  };
}
