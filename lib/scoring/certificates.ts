import type { Certified } from '../contract/metrics.ts';
import type { TrialResult } from '../contract/result.ts';
import { mean } from './stats.ts';

/** What the clean runs of an ensemble certify, one list of k and accuracy for each seed. */
export type CertifiedRuns = {
  readonly dataset: string;
  readonly model: string;
  readonly runs: readonly (readonly Certified[])[];
};

/**
 * By data set and model, in the order in which they come; empty of one set of weights, whose votes certify nothing.
 * Where so many members see a row, votes certify so many times fewer rows.
 */
export function certifiedRuns(trials: readonly TrialResult[], membersPerRow = 1): CertifiedRuns[] {
  const clean = trials.flatMap(({ budget, scenario, dataset, model, certified: ofMembers }) => {
    if (budget !== 0 || !ofMembers) return [];
    const whole = ofMembers.filter(({ rows }) => rows % membersPerRow === 0);
    const certified = whole.map(({ rows, accuracy }) => ({ rows: rows / membersPerRow, accuracy }));
    return [{ scenario, dataset, model, certified }];
  });
  return [...new Set(clean.map(({ scenario }) => scenario))].map((id) => {
    const own = clean.filter(({ scenario }) => scenario === id);
    return { dataset: own[0]!.dataset, model: own[0]!.model, runs: own.map(({ certified }) => certified) };
  });
}

/** Accuracy that is certified against so many rows, in each run that reaches them. */
export const accuraciesAt = ({ runs }: CertifiedRuns, rows: number): number[] =>
  runs.flatMap((run) => run.find((point) => point.rows === rows)?.accuracy ?? []);

export type CertifiedCurve = {
  readonly dataset: string;
  readonly model: string;
  readonly seeds: number;
  readonly curve: readonly Certified[];
};

/**
 * Certified accuracy of an ensemble without poison, a curve over k for each data set and model: the mean over its
 * seeds, at the k that all have.
 */
export const certifiedCurves = (trials: readonly TrialResult[], membersPerRow = 1): CertifiedCurve[] =>
  certifiedRuns(trials, membersPerRow).map((of) => {
    const { dataset, model, runs } = of;
    const curve = runs[0]!.flatMap(({ rows }) => {
      const accuracies = accuraciesAt(of, rows);
      return accuracies.length === runs.length ? [{ rows, accuracy: mean(accuracies) }] : [];
    });
    return { dataset, model, seeds: runs.length, curve };
  });
