import { type Engine, failedTrial, type TrialResult } from '../../lib/benchmark/result.ts';
import type { Suite, Trial } from '../../lib/benchmark/suite.ts';
import type { TrialOrder } from './trial-messages.ts';
import { TrialProcess } from './trial-process-client.ts';

/** So many trials that ran into the time limit, and a defense is not run further. */
const timeoutsAllowed = 3;
const notRun = `${timeoutsAllowed} trials of this evaluation ran into the time limit, so the rest were not run.`;

type Options = {
  /** Processes at once. */
  jobs: number;
  signal: AbortSignal;
  /** Hears when a trial begins, and when one has ended. */
  begun?: (trial: Trial) => void;
  ended?: (result: TrialResult, log: string) => void;
};

/**
 * Every trial's result, in the order asked, whatever order they ended in. Throws HarnessFault where our side fails in any of them, and the
 * signal's reason where it is aborted; no process is left either way.
 */
export async function runTrials(
  suite: Suite,
  order: TrialOrder,
  trials: readonly Trial[],
  options: Options,
): Promise<{ engine: Engine; trials: TrialResult[] }> {
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const results: TrialResult[] = [];
  let next = 0;
  let timeouts = 0;
  let engine: Engine | undefined;
  const keep = (index: number, result: TrialResult, log: string) => {
    results[index] = result;
    if (result.outcome === 'timed-out') timeouts++;
    options.ended?.(result, log);
  };
  const worker = async () => {
    let process: TrialProcess | undefined;
    try {
      while (next < trials.length) {
        const index = next++;
        const trial = trials[index]!;
        if (timeouts >= timeoutsAllowed) {
          keep(index, failedTrial(suite, trial, 'not-run', notRun, { seconds: null, undefendedSeconds: null, peakBytes: null }), '');
          continue;
        }
        process ??= await TrialProcess.open(order, signal);
        engine ??= process.engine;
        options.begun?.(trial);
        const { result, log } = await process.run(trial);
        keep(index, result, log);
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
