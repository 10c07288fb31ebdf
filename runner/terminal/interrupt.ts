import { tellParent } from '../host/to-parent.ts';
import { endAllProgress } from './progress.ts';

/** After this long, whatever still runs is left to the children's own watch over their parent. */
const graceMs = 1500;
const sameSignalMs = 1000;

const controller = new AbortController();

/** Aborted by Ctrl-C and SIGTERM. Whoever started something ends it then. */
export const interrupted = controller.signal;

/** What is kept, in one sentence, for the person who pressed Ctrl-C. */
let kept: string | undefined;
export const saysWhenInterrupted = (sentence: string) => {
  kept = sentence;
  tellParent({ kept: sentence });
};

/**
 * Called once, at the program's start. A second Ctrl-C ends at once; npm and a terminal may both pass on the first, so
 * one that follows it closely is the same.
 */
export function listenForInterrupts(): void {
  let first = 0;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) {
        if (performance.now() - first > sameSignalMs) process.exit(code);
        return;
      }
      first = performance.now();
      process.exitCode = code;
      endAllProgress();
      controller.abort(new Error('interrupted'));
      if (kept) process.stderr.write(`\n${kept}\n`);
      else if (process.stderr.isTTY) process.stderr.write('\n'); // a moving line has no end
      setTimeout(() => process.exit(code), graceMs).unref();
    });
}
