import { ControlId } from '../../lib/benchmark/ids.ts';
import { suiteNamed } from '../../lib/benchmark/suites/index.ts';
import { runTrial, type TrialContext, type TrialDefense } from '../evaluate.ts';
import { jailOf } from '../jail/index.ts';
import { dataPath } from '../places.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { openEngine } from '../tf.ts';
import type { Spent } from './spent.ts';
import type { FromTrialProcess, ToTrialProcess, TrialOrder } from './trial-messages.ts';

/** A process that runs trials for the one that forked it, and ends with it. Whatever is thrown here is our side's fault: it is told, and the process ends. */
export function trialProcess(): Promise<number> {
  const send = (message: FromTrialProcess) => process.send?.(message);
  let context: TrialContext | undefined;
  let log = '';
  let spent: Spent | null = null;
  const answer = async (message: ToTrialProcess): Promise<void> => {
    if ('order' in message) {
      context = {
        ...(await contextOf(message.order)),
        onLog(text) {
          log += text;
        },
        onSpent(seconds) {
          spent = seconds;
        },
      };
      return void send({ type: 'ready', engine: context.engine.engine });
    }
    if (!context) throw new RangeError('trialProcess: a trial came before its order');
    log = '';
    spent = null;
    const result = await runTrial(context, message.trial);
    send({ type: 'result', result, log, spent });
  };
  return new Promise((end) => {
    process.on('message', (message: ToTrialProcess) => {
      answer(message).catch((error: Error) => {
        send({ type: 'fault', message: error.message });
        end(3);
      });
    });
    process.on('disconnect', () => {
      if (!interrupted.aborted) process.kill(process.pid, 'SIGTERM'); // ends the jail first
      end(0);
    });
  });
}

async function contextOf({ suite, backend, jail, kind, code }: TrialOrder): Promise<TrialContext> {
  const engine = await openEngine(backend);
  return { suite: suiteNamed(suite), dataDir: dataPath(), engine, jail: jailOf(jail), defense: defenseOf(kind, code), signal: interrupted };
}

const defenseOf = (kind: TrialOrder['kind'], code: string): TrialDefense =>
  kind === 'control' ? { kind, id: ControlId.parse(code.replace(/^control:/, '')) } : { kind, code };
