import { availableParallelism } from 'node:os';
import type { Trial } from '../../lib/contract/suite.ts';
import { interrupted } from '../terminal/interrupt.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Evaluation } from '../trial/evaluation.ts';
import type { TrialAnswer } from '../trial/trial-messages.ts';
import { runTrials } from '../trial/trials.ts';

type Options = {
  /** Trials at once; two where the machine has as many cores. */
  jobs: number | undefined;
  progress: Progress;
  ended?: (answer: TrialAnswer) => void;
};

/** The trials of a prepared suite on this machine, as a runner runs them, until Ctrl-C; how far they are is shown. */
export async function runHere(
  evaluation: Omit<Evaluation, 'atOnce'>,
  trials: readonly Trial[],
  { jobs = Math.min(2, availableParallelism()), progress, ended }: Options,
): ReturnType<typeof runTrials> {
  let done = 0;
  const run = await runTrials({ ...evaluation, atOnce: jobs }, trials, {
    jobs,
    signal: interrupted,
    begun: ({ scenario, budget, seed }) =>
      progress.update(done / trials.length, `${scenario} at ${budget}, seed ${seed}`),
    ended: (answer) => {
      progress.update(++done / trials.length);
      ended?.(answer);
    },
  });
  progress.end();
  return run;
}
