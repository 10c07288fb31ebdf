import { availableParallelism } from 'node:os';
import type { OpenJail } from '../jail/jail.ts';

/**
 * Whether a core is left over for jails that open beside so many trials: without one they would take it from training
 * that is timed.
 */
export const roomForJailsAhead = (jobs: number): boolean => jobs < availableParallelism();

/** Jails for one trial after the other. */
export type Jails = { next(): Promise<OpenJail>; close(): Promise<void> };

/**
 * Jails for one trial after the other, each opened while the one before it is in use: its guest opens the engine
 * meanwhile, which is most of a jail's start-up, and waits. It is shown nothing of any trial until it is told to begin.
 * To be closed in the end, for the one that nobody took.
 */
export function jailsAhead(open: () => Promise<OpenJail>): Jails {
  let waiting: Promise<OpenJail> | undefined;
  const openOne = () => {
    waiting = open();
    waiting.catch(() => {}); // whoever takes it hears of it
  };
  openOne();
  return {
    async next() {
      const taken = waiting ?? open();
      waiting = undefined;
      const jail = await taken;
      if (!waiting) openOne(); // another may have been asked for meanwhile
      return jail;
    },
    async close() {
      const unwanted = waiting;
      waiting = undefined;
      await unwanted?.then(
        (jail) => jail.close(),
        () => {},
      );
    },
  };
}
