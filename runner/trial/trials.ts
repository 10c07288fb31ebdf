import { stoppedByTimeouts, timeoutsThatStop } from '../../lib/contract/limits.ts';
import type { Engine, TrialResult } from '../../lib/contract/result.ts';
import { specOf, type Trial } from '../../lib/contract/suite.ts';
import type { Evaluation } from './evaluation.ts';
import type { TrialAnswer } from './trial-messages.ts';
import { TrialProcess } from './trial-process-client.ts';
import { untrained } from './untrained.ts';

type Options = {
  /** Processes at once. */
  jobs: number;
  signal: AbortSignal;
  /** Hears when a trial begins, and when one has ended. */
  begun?: (trial: Trial) => void;
  ended?: (answer: TrialAnswer) => void;
};

/**
 * Every trial's result, in the order asked, whatever order they ended in. Throws RangeError for a trial that is not of
 * the suite, HarnessFault where our side fails in any of them, and the signal's reason where it is aborted. No process
 * is left either way.
 */
export async function runTrials(
  evaluation: Evaluation,
  asked: readonly Trial[],
  options: Options,
): Promise<{ engine: Engine; trials: TrialResult[] }> {
  const trials = asked.map((trial) => specOf(evaluation.suite, trial));
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const results: TrialResult[] = [];
  let next = 0;
  let timeouts = 0;
  let engine: Engine | undefined;
  const keep = (index: number, answer: TrialAnswer) => {
    results[index] = answer.result;
    if (answer.result.outcome === 'timed-out') timeouts++;
    options.ended?.(answer);
  };
  const worker = async () => {
    let process: TrialProcess | undefined;
    try {
      while (next < trials.length) {
        const index = next++;
        const trial = trials[index]!;
        if (timeouts >= timeoutsThatStop) {
          keep(index, untrained(trial, { reason: 'not-run', detail: stoppedByTimeouts }));
          continue;
        }
        process ??= await TrialProcess.open(evaluation, signal);
        engine ??= process.engine;
        options.begun?.(trial);
        keep(index, await process.run(trial));
      }
    } catch (error) {
      failure.abort(error);
      throw error;
    } finally {
      process?.stop();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(options.jobs, trials.length) }, worker));
  const broken = ended.find((end) => end.status === 'rejected');
  if (broken) throw signal.reason ?? broken.reason;
  return { engine: engine!, trials: results };
}
