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

/** A season's trial as the site names it, by the name that it has on a machine that holds the season. */
export const trialHere = (trial: Trial, { dataset }: Draw): Trial => renamed(trial, hiddenDataset, dataset);

/** The other way round: what of a trial leaves the machine does not name the data set. */
export const trialOutside = <Named extends Trial>(trial: Named, { dataset }: Draw): Named =>
  renamed(trial, dataset, hiddenDataset);

export const resultOutside = (result: TrialResult, draw: Draw): TrialResult => ({
  ...trialOutside(result, draw),
  dataset: hiddenDataset,
});
