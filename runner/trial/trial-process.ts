import type { Engine } from '../../lib/contract/result.ts';
import { engineOf, type Runtime, setOf } from '../../lib/contract/runtime.ts';
import { dirsIn } from '../craft/trial-data.ts';
import { dataPath } from '../host/places.ts';
import { engineOfSet } from '../host/python/engine-of-set.ts';
import { guests } from '../jail/guests/index.ts';
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
  let jails: ReturnType<typeof jailsFor> | undefined;
  const answer = async (message: ToTrialProcess): Promise<void> => {
    if ('evaluation' in message) {
      const { evaluation } = message;
      const engine = await openEngine(evaluation.backend);
      jails = jailsFor(evaluation, signal);
      const dirs = { ...dirsIn(dataPath()), ...(evaluation.suites && { suites: evaluation.suites }) };
      context = { ...evaluation, dataDir: dataPath(), dirs, engine, openJail: jails.next, signal };
      return void send({ type: 'ready', engine: engineNamed(evaluation, engine.engine) });
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

/** What trained, as results name it. */
function engineNamed({ defense: { runtime, kind }, backend }: Evaluation, usual: Engine): Engine {
  const set = setOf(runtime);
  return set && engineOf(runtime, kind, backend) === 'torch' ? engineOfSet(set, usual) : usual;
}

/** Jails with the module's guest, of which the first opens now, and with any other that is asked for. */
function jailsFor({ backend, jail, atOnce, defense }: Evaluation, signal: AbortSignal) {
  const opened = new Map<Runtime, Jails>();
  const withGuest = (runtime: Runtime): Jails => {
    const known = opened.get(runtime);
    if (known) return known;
    const port = jailOf(jail, guests[runtime]());
    const open = () => port.open({ backend, limits: defaultLimits, signal });
    const jails = roomForJailsAhead(atOnce) ? jailsAhead(open) : { next: open, close: async () => {} };
    opened.set(runtime, jails);
    return jails;
  };
  withGuest(defense.runtime);
  return {
    next: (runtime: Runtime) => withGuest(runtime).next(),
    close: async () => void (await Promise.all([...opened.values()].map((jails) => jails.close()))),
  };
}
