import { bubblewrap } from './bubblewrap.ts';
import { type GuestFiles, guestFiles } from './guest-files.ts';
import type { Jail, JailKind } from './jail.ts';
import { none } from './none.ts';
import { tryJail } from './try-jail.ts';

const jails = { bubblewrap, none } satisfies Record<JailKind, (files: GuestFiles) => Jail>;

export const jailOf = (kind: JailKind, files: GuestFiles = guestFiles()): Jail => jails[kind](files);

let problem: Promise<string | null> | undefined;

/**
 * Why no jail is possible on this machine, with the fix, in one sentence; or null. A real one is opened, once in a
 * process.
 */
export function jailProblem(): Promise<string | null> {
  problem ??= tryJail((files) => jailOf('bubblewrap', files));
  return problem;
}
