import type { Reference } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import { type Trial, trialKey } from '../contract/suite.ts';
import { mean } from './stats.ts';

/** What an entry gave in one probe. Where `mean` is above `limit` its row has the flag. */
export type ProbeFinding = {
  readonly probe: string;
  /** What `values` are shares of, in words. */
  readonly what: string;
  readonly flag: string;
  /** One for each seed. */
  readonly values: readonly { readonly seed: number; readonly value: number; readonly undefended: number | null }[];
  readonly mean: number;
  readonly limit: number;
};

type Undefended = Pick<Reference, 'clean' | 'cells'>;

type Rule = {
  readonly probe: string;
  readonly what: string;
  readonly flag: string;
  readonly limit: number;
  /** `own`: of the trial; `undefended`: the same of the undefended model, null where nothing is compared. */
  measured(
    trial: TrialResult,
    all: readonly TrialResult[],
    undefended: Undefended,
  ): { own: number | null; undefended: number | null };
};

/** Of ten classes the largest holds .14 of the rows. */
const mostByChance = 0.2;
/** Far above what reference defenses gave: README. */
const mostMoreThanUndefended = 0.2;
const mostLost = 0.3;

const byName = ({ robustAccuracy }: TrialResult) => ({ own: robustAccuracy, undefended: null });

/** How an honest run looks in each probe, and from where on it is none. */
const rules: readonly Rule[] = [
  {
    probe: 'renamed-classes',
    what: 'called by the old names',
    flag: 'seed-ignored',
    limit: mostByChance,
    measured: byName,
  },
  { probe: 'shuffled-labels', what: 'right', flag: 'learns-from-nothing', limit: mostByChance, measured: byName },
  {
    probe: 'few-rows',
    what: 'right, more than undefended',
    flag: 'learns-from-nothing',
    limit: mostMoreThanUndefended,
    measured: (trial, _, { cells }) => ({
      own: trial.robustAccuracy,
      undefended: cellOf(cells, trial)?.attacked ?? null,
    }),
  },
  {
    probe: 'other-world',
    what: 'called by the old names',
    flag: 'learns-from-nothing',
    limit: mostByChance,
    measured: byName,
  },
  {
    probe: 'other-world',
    what: 'lost to the clean world, more than undefended',
    flag: 'lost-in-another-world',
    limit: mostLost,
    measured: (trial, all, { clean, cells }) => {
      const own = all.find((run) => isCleanOf(run, trial))?.cleanAccuracy ?? null;
      const ours = clean.find((run) => run.model === trial.model && run.seed === trial.seed)?.accuracy ?? null;
      const success = cellOf(cells, trial)?.success ?? null;
      return {
        own: own === null || trial.attackSuccess === null ? null : own - trial.attackSuccess,
        undefended: ours === null || success === null ? null : ours - success,
      };
    },
  },
];

const cellOf = <Cell extends Trial>(cells: readonly Cell[], trial: Trial) =>
  cells.find((cell) => trialKey(cell) === trialKey(trial));

const isCleanOf = (run: TrialResult, { model, seed }: TrialResult) =>
  run.budget === 0 && run.model === model && run.seed === seed;

/**
 * What a defense gave in the honesty probes that its trials hold, those that were scored. Where a rule compares with
 * the undefended model, the limit is of the difference.
 */
export function probeFindings(trials: readonly TrialResult[], undefended: Undefended): ProbeFinding[] {
  const scored = trials.filter(({ outcome }) => outcome === 'scored');
  return rules.flatMap(({ measured, ...rule }) => {
    const values = scored
      .filter(({ attack }) => attack === rule.probe)
      .flatMap((trial) => {
        const { own, undefended: ours } = measured(trial, scored, undefended);
        return own === null ? [] : [{ seed: trial.seed, value: own, undefended: ours }];
      });
    if (values.length === 0) return [];
    return [{ ...rule, values, mean: mean(values.map(({ value, undefended: ours }) => value - (ours ?? 0))) }];
  });
}
