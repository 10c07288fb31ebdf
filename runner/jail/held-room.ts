import { closeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { HarnessFault } from '../errors.ts';
import type { Opening, OpenJail } from './jail.ts';
import type { Process } from './process-tree.ts';
import { beginning, type Room, supervise } from './supervise.ts';
import type { Watched } from './watched.ts';

/** A room whose /out the supervisor holds by a descriptor. */
export type HeldRoom = Room & { readonly outFd: number };

/** A guest that blocks until a line comes through its pipe `blockFd`. Killing `process` kills all of the room. */
export function heldRoom(
  { failure: _, ...seen }: Watched,
  { process, outFd, blockFd }: { process: Process; outFd: number; blockFd: number },
): HeldRoom {
  const block = (seen.child.stdio as unknown[])[blockFd] as Writable;
  const release = () => void block.on('error', () => {}).end('\n'); // it may be dead already
  return { ...seen, process, outFd, out: `/proc/self/fd/${outFd}`, release, begin: beginning(seen.child) };
}

/** Supervised until it is closed; then its /out is let go. */
export function superviseHeld(room: HeldRoom, opening: Opening): Omit<OpenJail, 'job'> {
  const { run, close } = supervise(room, opening);
  return { run, close: () => close().finally(() => closeSync(room.outFd)) };
}

/**
 * Ends what did not open, and throws HarnessFault with what it said. Of a program that was not found Node's `kill`
 * would, in the same tick, kill our own process group.
 */
export async function giveUp({ child, ended, log, failure }: Watched, missing: string): Promise<never> {
  if (child.pid !== undefined) child.kill('SIGKILL');
  await ended;
  throw notOpened(failure() || log.text() || missing);
}

/** Of what was said, the first line. */
export const notOpened = (said: string) =>
  new HarnessFault(`The jail did not open (${said.trim().split('\n')[0]}); \`npx antidote doctor\` names the fix.`);
