import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, TrialResult } from '../../../lib/contract/result.ts';
import type { Trial } from '../../../lib/contract/suite.ts';
import type { Evaluation } from '../../../runner/trial/evaluation.ts';
import { engineOf, type Script, scripted } from '../scripted-runner.ts';

type Options = {
  signal: AbortSignal;
  begun?: (trial: Trial) => void;
  ended?: (answer: { result: TrialResult; log: string }) => void;
};

/** How long a job seems to train. */
const jobMs = Number(process.env.FALSE_JOB_MS);

/** Stands in the place of `runner/trial/trials.ts`: no training, and numbers that the module's text decides. */
export async function runTrials(
  { suite, defense: { module, code }, backend }: Evaluation,
  asked: readonly Trial[],
  { signal, begun, ended }: Options,
): Promise<{ engine: Engine; trials: TrialResult[] }> {
  const trials: TrialResult[] = [];
  for (const trial of asked) {
    signal.throwIfAborted();
    begun?.(trial);
    await sleep(jobMs / asked.length, undefined, { signal });
    const result = scripted(suite, module.kind, trial, scriptOf(code));
    trials.push(result);
    ended?.({ result, log: trials.length === 1 ? `${trial.scenario} at ${trial.budget}\n` : '' });
  }
  return { engine: engineOf(backend), trials };
}

/** A module says in its text how good it is. */
function scriptOf(code: string): Script {
  const undoes = /undoes ([\d.]+)/.exec(code)?.[1];
  return undoes === undefined
    ? { fails: 'threw', detail: 'It throws.' }
    : { undoes: Number(undoes), costs: 0.01, slower: 1.5 };
}
