import { bubblewrap } from './bubblewrap.ts';
import type { Guest } from './guests/guest.ts';
import { nodeGuest } from './guests/node.ts';
import type { Jail, JailKind } from './jail.ts';
import { none } from './none.ts';
import { tryJail } from './try-jail.ts';

const jails = { bubblewrap, none } satisfies Record<JailKind, (guest: Guest) => Jail>;

export const jailOf = (kind: JailKind, guest: Guest = nodeGuest()): Jail => jails[kind](guest);

let problem: Promise<string | null> | undefined;

/**
 * Why no jail is possible on this machine, with the fix, in one sentence; or null. A real one is opened, once in a
 * process.
 */
export function jailProblem(): Promise<string | null> {
  problem ??= tryJail((guest) => jailOf('bubblewrap', guest));
  return problem;
}
