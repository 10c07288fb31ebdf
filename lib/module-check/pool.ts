import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Check } from '../contract/check.ts';
import type { LanguageId } from '../contract/runtime.ts';
import { AppError } from '../errors.ts';

export type PoolLimits = {
  readonly threads: number;
  /** Of texts that wait for a thread. */
  readonly waiting: number;
  /** Before a thread begins with it. */
  readonly patienceMs: number;
  /** For one text. */
  readonly timeoutMs: number;
  readonly heapMb: number;
};

/** A module's text, and what it is written in. */
export type ToCheck = { readonly code: string; readonly language: LanguageId };
/** The verdict of a thread. One that is spent can check nothing more. */
export type Checked = { readonly check: Check; readonly spent: boolean };

type Task = { readonly text: ToCheck; readonly since: number; done(check: Check): void; failed(error: unknown): void };

/** A thread that has not begun by then never will. */
const startMs = 60_000;

/** What our own program (worker.ts) answers. Throws AbortError where it takes longer. */
async function answered<Answer>(thread: Worker, asked: LanguageId | ToCheck, ms: number): Promise<Answer> {
  const answer = once(thread, 'message', { signal: AbortSignal.timeout(ms) });
  thread.postMessage(asked);
  const [message] = (await answer) as [Answer];
  return message;
}

const tooMany = () =>
  new AppError('unavailable', 'Too many modules wait to be checked; try again in five seconds.', {
    'retry-after': '5',
  });

/**
 * Threads that check modules beside the one that answers requests. A text that takes too long, or too much memory, is
 * refused and costs its thread; another one is started when it is needed.
 */
export class CheckPool {
  private readonly waiting: Task[] = [];
  private readonly idle = new Set<Worker>();
  private busy = 0;

  constructor(
    private readonly program: string,
    private readonly limits: PoolLimits,
  ) {}

  /**
   * Throws `module-refused` for a text that takes too much, and `unavailable` where too many wait, or it waits too
   * long.
   */
  async check(code: string, language: LanguageId = 'javascript'): Promise<Check> {
    if (this.busy >= this.limits.threads && this.waiting.length >= this.limits.waiting) throw tooMany();
    return new Promise((done, failed) => {
      this.waiting.push({ text: { code, language }, since: performance.now(), done, failed });
      this.next();
    });
  }

  private next(): void {
    if (this.busy >= this.limits.threads) return;
    const task = this.waiting.shift();
    if (!task) return;
    if (performance.now() - task.since > this.limits.patienceMs) {
      task.failed(tooMany());
      this.next();
      return;
    }
    this.busy++;
    this.run(task.text)
      .then(task.done, task.failed)
      .finally(() => {
        this.busy--;
        this.next();
      });
  }

  private async run(text: ToCheck): Promise<Check> {
    const thread = await this.reader(text.language);
    try {
      const { check, spent } = await answered<Checked>(thread, text, this.limits.timeoutMs);
      thread.unref(); // a thread without work does not keep the process alive
      if (spent) await thread.terminate();
      else this.idle.add(thread);
      return check;
    } catch (error) {
      await thread.terminate();
      throw this.refusalOf(error) ?? error;
    }
  }

  /** A thread that can read this language. Opening a parser is not the text's time. */
  private async reader(language: LanguageId): Promise<Worker> {
    const [known] = this.idle;
    const thread = known ?? (await this.start());
    this.idle.delete(thread);
    thread.ref();
    try {
      await answered(thread, language, startMs);
      return thread;
    } catch (error) {
      await thread.terminate();
      throw error;
    }
  }

  private async start(): Promise<Worker> {
    const thread = new Worker(this.program, {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb, maxYoungGenerationSizeMb: 8, stackSizeMb: 1 },
    });
    thread.on('error', () => this.idle.delete(thread));
    await once(thread, 'message', { signal: AbortSignal.timeout(startMs) });
    return thread;
  }

  private refusalOf(error: unknown): AppError | null {
    const { name, code } = error as { name?: string; code?: string };
    const { timeoutMs, heapMb } = this.limits;
    const what =
      name === 'AbortError'
        ? `took more than ${timeoutMs / 1000} s`
        : code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `took more than ${heapMb} MB of memory`
          : null;
    return what
      ? new AppError('module-refused', `Reading the module ${what}; write it with fewer names and less nesting.`)
      : null;
  }
}
