import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const shortestRestMs = 1000;
const longestRestMs = 60_000;
/** Who ran as long as this is started again at once. */
const stableMs = 60_000;

type Kept = {
  /** As people read of it: `The site`. */
  readonly title: string;
  start(): Promise<ChildProcess>;
  say(line: string): void;
  readonly signal: AbortSignal;
};

/**
 * Starts a process and keeps it running until the signal is aborted. One that ends is started again with a line that
 * says so, later and later if it keeps ending. Rejects where the first start fails.
 */
export async function keepRunning({ title, start, say, signal }: Kept): Promise<{ current: () => ChildProcess }> {
  let child = await start();
  let restMs = shortestRestMs;
  const startAgain = async (): Promise<void> => {
    await sleep(restMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      child = await start();
      say(`${title} is process ${child.pid} now.`);
      watch();
    } catch (error) {
      if (signal.aborted) return;
      say(`${title} does not start: ${(error as Error).message}`);
      restMs = Math.min(longestRestMs, restMs * 2);
      await startAgain();
    }
  };
  const watch = () => {
    const begin = performance.now();
    child.once('exit', (code, killedBy) => {
      if (signal.aborted) return;
      restMs = performance.now() - begin > stableMs ? shortestRestMs : Math.min(longestRestMs, restMs * 2);
      say(`${title} (process ${child.pid}) ended with ${killedBy ?? code}; it is started again.`);
      void startAgain();
    });
  };
  watch();
  return { current: () => child };
}
