import type { TrialResult } from '../../../lib/contract/result.ts';
import { hiddenDataset } from '../../../lib/contract/season.ts';
import type { Draw, Trial } from '../../../lib/contract/suite.ts';

/** A clean run is named after its data set. */
const renamed = <Named extends Trial>(trial: Named, from: string, to: string): Named => {
  const begin = `clean-${from}-`;
  return trial.scenario.startsWith(begin)
    ? { ...trial, scenario: `clean-${to}-${trial.scenario.slice(begin.length)}` }
    : trial;
};

/**
 * A trial as the site names it, by the name that it has on a machine that holds the season. Here and below `secret` is
 * the season's draw; a public suite has none, and everything its own name.
 */
export const trialHere = (trial: Trial, secret: Draw | null): Trial =>
  secret ? renamed(trial, hiddenDataset, secret.dataset) : trial;

/** The other way round: what of a trial leaves the machine does not name the data set. */
export const trialOutside = <Named extends Trial>(trial: Named, secret: Draw | null): Named =>
  secret ? renamed(trial, secret.dataset, hiddenDataset) : trial;

export const resultOutside = (result: TrialResult, secret: Draw | null): TrialResult =>
  secret ? { ...trialOutside(result, secret), dataset: hiddenDataset } : result;
