import { type ChildProcess, fork } from 'node:child_process';
import type { Engine } from '../../lib/contract/result.ts';
import type { TrialSpec } from '../../lib/contract/suite.ts';
import { HarnessFault } from '../errors.ts';
import { distPath } from '../host/dist.ts';
import { childEnvironment } from '../host/env.ts';
import { engineArguments } from '../train/tf.ts';
import type { Evaluation } from './evaluation.ts';
import type { FromTrialProcess, ToTrialProcess, TrialAnswer } from './trial-messages.ts';

/** How long a process that was told to stop may take to end its jail and clean up. */
const graceMs = 700;

/**
 * A process of its own that runs trials one after the other, with an engine that it opens once. It holds no secret.
 * When the signal is aborted it ends with its jail, and what was asked of it is rejected with the signal's reason; when
 * this process dies it ends as well.
 */
export class TrialProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly signal: AbortSignal,
  ) {}

  engine!: Engine;

  static async open(evaluation: Evaluation, signal: AbortSignal): Promise<TrialProcess> {
    signal.throwIfAborted();
    const child = fork(distPath('antidote.mjs'), ['trial-process'], {
      env: childEnvironment({}, { secrets: false }),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...engineArguments],
    });
    const opened = new TrialProcess(child, signal);
    signal.addEventListener('abort', opened.stop);
    const answer = await opened.ask({ evaluation });
    if (answer.type !== 'ready') throw new HarnessFault('A process that runs trials did not start.');
    opened.engine = answer.engine;
    return opened;
  }

  async run(trial: TrialSpec): Promise<TrialAnswer> {
    const answer = await this.ask({ trial });
    if (answer.type !== 'answer') throw new HarnessFault('A process that runs trials answered something else.');
    return answer;
  }

  /** Ends it; harmless where it has ended. */
  readonly stop = (): void => {
    this.signal.removeEventListener('abort', this.stop);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    const hard = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    this.child.once('exit', () => clearTimeout(hard));
  };

  private ask(message: ToTrialProcess): Promise<FromTrialProcess> {
    return new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        this.child.off('message', onMessage).off('exit', onExit).off('error', onError);
        done();
      };
      const onMessage = (answer: FromTrialProcess) =>
        settle(() =>
          answer.type === 'fault'
            ? reject(this.signal.aborted ? this.signal.reason : new HarnessFault(answer.message))
            : resolve(answer),
        );
      const onExit = (code: number | null, killedBy: string | null) =>
        settle(() =>
          reject(
            this.signal.aborted
              ? this.signal.reason
              : new HarnessFault(`A process that runs trials ended with ${killedBy ?? code}.`),
          ),
        );
      const onError = (error: Error) => settle(() => reject(error));
      this.child.on('message', onMessage).on('exit', onExit).on('error', onError);
      this.child.send(message, (error) => error && onError(error));
    });
  }
}
