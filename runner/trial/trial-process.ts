import { dirsIn } from '../craft/trial-data.ts';
import { dataPath } from '../host/places.ts';
import { jailOf } from '../jail/index.ts';
import { defaultLimits } from '../jail/jail.ts';
import { openEngine } from '../train/tf.ts';
import type { Evaluation } from './evaluation.ts';
import { type Jails, jailsAhead, roomForJailsAhead } from './jails-ahead.ts';
import { runTrial } from './run-trial.ts';
import type { TrialContext } from './trial-context.ts';
import type { FromTrialProcess, ToTrialProcess } from './trial-messages.ts';

/**
 * A process that runs trials for the one that forked it, and ends with it; the jails that it opened end first. Whatever
 * is thrown here is our side's fault: it is told, and the process ends.
 */
export function trialProcess(signal: AbortSignal): Promise<number> {
  const send = (message: FromTrialProcess) => process.send?.(message);
  let context: TrialContext | undefined;
  let jails: Jails | undefined;
  const answer = async (message: ToTrialProcess): Promise<void> => {
    if ('evaluation' in message) {
      const { evaluation } = message;
      const engine = await openEngine(evaluation.backend);
      jails = jailsFor(evaluation, signal);
      const dirs = { ...dirsIn(dataPath()), ...(evaluation.suites && { suites: evaluation.suites }) };
      context = { ...evaluation, dataDir: dataPath(), dirs, engine, openJail: jails.next, signal };
      return void send({ type: 'ready', engine: engine.engine });
    }
    if (!context) throw new RangeError('trialProcess: a trial came before its evaluation');
    send({ type: 'answer', ...(await runTrial(context, message.trial)) });
  };
  return new Promise((resolve) => {
    let answered: Promise<void> = Promise.resolve();
    const end = async (code: number) => {
      await jails?.close();
      resolve(code);
    };
    process.on('message', (message: ToTrialProcess) => {
      answered = answer(message).catch((error: Error) => {
        send({ type: 'fault', message: error.message });
        return end(3);
      });
    });
    signal.addEventListener('abort', () => answered.then(() => end(0)));
    process.on('disconnect', () => {
      if (!signal.aborted) process.kill(process.pid, 'SIGTERM');
    });
  });
}

function jailsFor({ backend, jail, atOnce }: Evaluation, signal: AbortSignal): Jails {
  const port = jailOf(jail);
  const open = () => port.open({ backend, limits: defaultLimits, signal });
  return roomForJailsAhead(atOnce) ? jailsAhead(open) : { next: open, close: async () => {} };
}
