import { type Failure, failedTrial } from '../../lib/contract/result.ts';
import type { TrialSpec } from '../../lib/contract/suite.ts';
import type { TrialAnswer } from './trial-messages.ts';

/** The answer for a trial in which nothing was trained. */
export function untrained(trial: TrialSpec, failure: Failure): TrialAnswer {
  const cost = { seconds: null, undefendedSeconds: null, peakBytes: null };
  return { result: failedTrial(trial, failure, cost), log: '', phases: null, artifacts: null };
}
