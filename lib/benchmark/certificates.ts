import type { ModelId } from './ids.ts';
import type { Certified, TrialResult } from './result.ts';
import { mean } from './stats.ts';

export type CertifiedCurve = { readonly dataset: string; readonly model: ModelId; readonly seeds: number; readonly curve: readonly Certified[] };

/** Certified accuracy of an ensemble without poison, a curve over k for each data set and model: the mean over its seeds, at the k that all have. */
export function certifiedCurves(trials: readonly TrialResult[]): CertifiedCurve[] {
  const clean = trials.flatMap(({ budget, dataset, model, certified }) => (budget === 0 && certified ? [{ dataset, model, certified }] : []));
  const keys = new Map(clean.map((trial) => [`${trial.dataset} ${trial.model}`, trial]));
  return [...keys.values()].map(({ dataset, model, certified }) => {
    const own = clean.filter((trial) => trial.dataset === dataset && trial.model === model);
    const accuracies = (rows: number) => own.flatMap((trial) => trial.certified.find((point) => point.rows === rows)?.accuracy ?? []);
    const curve = certified.flatMap(({ rows }) => (accuracies(rows).length === own.length ? [{ rows, accuracy: mean(accuracies(rows)) }] : []));
    return { dataset, model, seeds: own.length, curve };
  });
}
