import type { Guest } from './guests/guest.ts';
import { isKnownArchitecture, seccompProgram } from './seccomp.ts';

/**
 * What a jail adds to a guest's arguments: the filter that its program sets before a module runs, in base64. Nothing
 * for a guest whose record names no list for that.
 */
export function secondFilter({ moduleCalls }: Guest): readonly string[] {
  const { arch } = process;
  if (!moduleCalls || !isKnownArchitecture(arch)) return [];
  return [Buffer.from(seccompProgram(arch, moduleCalls)).toString('base64')];
}
