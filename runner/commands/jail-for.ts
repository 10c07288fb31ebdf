import { HarnessFault } from '../errors.ts';
import { chosenJail } from '../jail/index.ts';
import type { JailKind } from '../jail/jail.ts';

/**
 * A stranger's module runs in the jail; our own without where there is none. Throws HarnessFault with the reason and
 * what to do.
 */
export async function jailFor(own: boolean): Promise<JailKind> {
  const { kind, problem } = await chosenJail();
  if (kind !== null) return kind;
  if (own) return 'none';
  throw new HarnessFault(`${problem} For a module of your own there is --no-jail.`);
}
