import type { Check } from '@/lib/contract/check.ts';
import type { LanguageId } from '@/lib/contract/runtime.ts';

/** A text to check, and what it is written in. */
export type Wanted = { readonly code: string; readonly language: LanguageId };
/**
 * What the thread says: that its parser is there and the text is read, then the verdict. One that is spent reads no
 * more.
 */
export type Read = 'begun' | { readonly check: Check; readonly spent: boolean };

/** For one text, as on the server. */
const timeoutMs = 2000;

const tooSlow: Check = {
  ok: false,
  code: 'syntax',
  message: `Reading the module took more than ${timeoutMs / 1000} s; write it with fewer names and less nesting.`,
};

/**
 * Checks texts in a thread beside the page: the newest one, and none in between. A text that takes too long, or breaks
 * the parser, costs the thread.
 */
export class ModuleReader {
  private thread: Worker | null = null;
  private clock: number | undefined;
  private busy = false;
  private next: Wanted | null = null;

  constructor(private readonly show: (verdict: Check | null) => void) {}

  check(wanted: Wanted): void {
    this.next = wanted;
    if (!this.busy) this.begin();
  }

  end(): void {
    window.clearTimeout(this.clock);
    this.thread?.terminate();
  }

  private begin(): void {
    const wanted = this.next;
    this.next = null;
    if (!wanted || wanted.code.trim() === '') {
      if (wanted) this.show(null);
      return;
    }
    this.busy = true;
    this.thread ??= this.started();
    this.thread.postMessage(wanted);
  }

  private started(): Worker {
    const thread = new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module' });
    thread.onmessage = ({ data }: MessageEvent<Read>) => {
      if (data === 'begun') this.clock = window.setTimeout(() => this.broken(tooSlow), timeoutMs);
      else if (data.spent) this.broken(data.check);
      else this.ended(data.check);
    };
    thread.onerror = () => this.broken(null); // the server reads it when it is sent
    return thread;
  }

  private broken(verdict: Check | null): void {
    this.thread?.terminate();
    this.thread = null;
    this.ended(verdict);
  }

  private ended(verdict: Check | null): void {
    window.clearTimeout(this.clock);
    this.busy = false;
    if (!this.next) this.show(verdict);
    this.begin();
  }
}
