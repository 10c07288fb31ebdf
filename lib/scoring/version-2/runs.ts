import type { Reference } from '../../contract/report.ts';
import type { TrialResult } from '../../contract/result.ts';
import { cleanTrial, type Trial, trialKey } from '../../contract/suite.ts';
import type { Left, Recalls } from './kept.ts';

/** The runs of one entry, by trial. Null where the module failed; a run that is missing is not there. */
export type Runs = {
  /** Recalls without poison. */
  readonly clean: ReadonlyMap<string, Recalls | null>;
  readonly attacked: ReadonlyMap<string, Left | null>;
};

export function runsOf(trials: readonly TrialResult[]): Runs {
  const by = (poisoned: boolean) => trials.filter(({ budget }) => budget > 0 === poisoned);
  return {
    clean: new Map(by(false).map((trial) => [trialKey(trial), trial.outcome === 'scored' ? recallsOf(trial) : null])),
    attacked: new Map(
      by(true).map((trial) => [
        trialKey(trial),
        trial.outcome === 'scored' ? { robustAccuracy: trial.robustAccuracy!, recalls: recallsOf(trial) } : null,
      ]),
    ),
  };
}

type Attacked = Trial & { readonly attacked: number; readonly recalls?: Recalls | undefined };

/** Of numbers that stand in a reference: the undefended runs, a member of the frontier, the tuned biases. */
export const runsIn = (clean: Reference['clean'], cells: readonly Attacked[]): Runs => ({
  clean: new Map(clean.map((run) => [trialKey(cleanTrial(run, run.seed)), recallsOf(run)])),
  attacked: new Map(cells.map((cell) => [trialKey(cell), { robustAccuracy: cell.attacked, recalls: recallsOf(cell) }])),
});

/** Throws RangeError where there are none: version 2 of the score is given nothing without. */
export function recallsOf(run: { readonly recalls?: Recalls | null | undefined; readonly seed: number }): Recalls {
  if (!run.recalls) throw new RangeError(`a run of seed ${run.seed} has no recalls, and its suite is scored by them`);
  return run.recalls;
}
