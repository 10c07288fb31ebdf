import type { EpochArtifact } from '../../lib/contract/report.ts';
import { hasWeights } from '../defenses/controls.ts';
import { dataPath } from '../host/places.ts';
import { jailOf } from '../jail/index.ts';
import { defaultLimits } from '../jail/jail.ts';
import { openEngine } from '../train/tf.ts';
import { type Jails, jailsAhead, roomForJailsAhead } from './jails-ahead.ts';
import { runTrial, type TrialContext, type TrialDefense } from './run-trial.ts';
import type { Spent } from './spent.ts';
import type { FromTrialProcess, ToTrialProcess, TrialOrder } from './trial-messages.ts';

/**
 * A process that runs trials for the one that forked it, and ends with it; the jails that it opened end first. Whatever
 * is thrown here is our side's fault: it is told, and the process ends.
 */
export function trialProcess(signal: AbortSignal): Promise<number> {
  const send = (message: FromTrialProcess) => process.send?.(message);
  let context: TrialContext | undefined;
  let jails: Jails | undefined;
  let log = '';
  let spent: Spent | null = null;
  let artifacts: EpochArtifact[] | null = null;
  const answer = async (message: ToTrialProcess): Promise<void> => {
    if ('order' in message) {
      const { suite, suites, backend, jail, atOnce, kind, code } = message.order;
      const engine = await openEngine(backend);
      jails = jailsFor(message.order, signal);
      context = {
        suite,
        dataDir: dataPath(),
        suites,
        engine,
        jail,
        openJail: jails.next,
        atOnce,
        defense: defenseOf(kind, code),
        signal,
        onLog(text) {
          log += text;
        },
        onSpent(seconds) {
          spent = seconds;
        },
        ...(message.order.artifacts && {
          onArtifacts(measured) {
            artifacts = measured;
          },
        }),
      };
      return void send({ type: 'ready', engine: context.engine.engine });
    }
    if (!context) throw new RangeError('trialProcess: a trial came before its order');
    log = '';
    spent = null;
    artifacts = null;
    const result = await runTrial(context, message.trial);
    send({ type: 'result', result, log, spent, artifacts });
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

function jailsFor({ backend, jail, atOnce }: TrialOrder, signal: AbortSignal): Jails {
  const port = jailOf(jail);
  const open = () => port.open({ backend, limits: defaultLimits, signal });
  return roomForJailsAhead(atOnce) ? jailsAhead(open) : { next: open, close: async () => {} };
}

function defenseOf(kind: TrialOrder['kind'], code: string): TrialDefense {
  if (kind !== 'control') return { kind, code };
  const id = code.replace(/^control:/, '');
  if (!hasWeights(id)) throw new RangeError(`trialProcess: there is no control '${id}'`);
  return { kind, id };
}
