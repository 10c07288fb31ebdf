import { HarnessFault } from '../errors.ts';
import { env } from '../host/env.ts';
import { bubblewrap } from './bubblewrap.ts';
import type { Guest } from './guests/guest.ts';
import { nodeGuest } from './guests/node.ts';
import { gvisor } from './gvisor.ts';
import { type Jail, type JailKind, type RealJail, realJails } from './jail.ts';
import { none } from './none.ts';
import { tryJail } from './try-jail.ts';

const jails = { bubblewrap, gvisor, none } satisfies Record<JailKind, (guest: Guest) => Jail>;

export const jailOf = (kind: JailKind, guest: Guest = nodeGuest()): Jail => jails[kind](guest);

const problems = new Map<RealJail, Promise<string | null>>();

/**
 * Why this jail is not possible on this machine, with the fix, in one sentence; or null. A real one is opened, once in
 * a process.
 */
export function jailProblem(kind: RealJail): Promise<string | null> {
  const known = problems.get(kind) ?? tryJail(kind, (guest) => jailOf(kind, guest));
  problems.set(kind, known);
  return known;
}

/** A jail that starts here, or why there is none. */
export type FoundJail =
  | { readonly kind: RealJail; readonly problem: null }
  | { readonly kind: null; readonly problem: string };

/** The jail that ANTIDOTE_JAIL asks for; with `auto` the first that starts here. */
export async function findJail(): Promise<FoundJail> {
  const asked = env().ANTIDOTE_JAIL;
  const tried = asked === 'auto' ? realJails : [asked];
  for (const kind of tried) if ((await jailProblem(kind)) === null) return { kind, problem: null };
  const problem = (await jailProblem(tried[0]!))!;
  return { kind: null, problem: asked === 'auto' ? problem : `ANTIDOTE_JAIL is '${asked}', and ${problem}` };
}

/** The same; throws HarnessFault where one was asked for by name and can't start, since nothing may take its place. */
export async function chosenJail(): Promise<FoundJail> {
  const found = await findJail();
  if (found.problem === null || env().ANTIDOTE_JAIL === 'auto') return found;
  throw new HarnessFault(`${found.problem}.`);
}
