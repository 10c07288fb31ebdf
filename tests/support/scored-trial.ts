import { wantsLabel } from '../../lib/catalog/aims.ts';
import { attackOf } from '../../lib/catalog/attacks/index.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import { type Suite, specOf, type Trial } from '../../lib/contract/suite.ts';

type Measured = {
  cleanAccuracy: number;
  robustAccuracy: number;
  attackSuccess: number;
  certified?: TrialResult['certified'];
};
type Cost = Pick<TrialResult, 'seconds' | 'undefendedSeconds' | 'peakBytes'>;

/**
 * A scored trial of that kind of module with these numbers, as far as they apply to it, and plausible ones of its
 * filtering.
 */
export function scoredTrial(suite: Suite, trial: Trial, kind: string, measured: Measured, cost: Cost): TrialResult {
  const { attack, dataset, model } = specOf(suite, trial);
  const filters = kind === 'filter' || kind === 'control';
  return {
    ...trial,
    attack: attack?.attack ?? null,
    family: attack?.family ?? null,
    dataset,
    model,
    outcome: 'scored',
    detail: null,
    cleanAccuracy: measured.cleanAccuracy,
    commonestClass: 0.12,
    robustAccuracy: attack ? measured.robustAccuracy : null,
    attackSuccess: attack && wantsLabel(attackOf(suite, attack.attack)) ? measured.attackSuccess : null,
    filterRecall: filters && attack ? 0.6 : null,
    filterFalsePositives: filters ? 0.05 : null,
    certified: measured.certified ?? null,
    ...cost,
  };
}
