import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Sha256 } from '../../../lib/contract/ids.ts';
import { PythonSet } from '../../../lib/contract/runtime.ts';
import { projectDir } from '../dist.ts';
import { dataPath } from '../places.ts';
import { hexSha256 } from '../sha256.ts';

/** What `set.json` in a set's folder says: it is written last, so a set with it is whole. Paths are of this machine. */
export const MadeSet = z.strictObject({
  set: PythonSet,
  /** Of the lock file that it was made by. */
  lock: Sha256,
  version: z.string(),
  executable: z.string(),
  /** The folder that the interpreter calls its prefix. */
  prefix: z.string(),
  /** Of the standard library, below the prefix. */
  library: z.string(),
  /** Shared libraries that are in neither of the two, by the paths under which the loader may ask for them. */
  shared: z.array(z.string()),
});
export type MadeSet = z.infer<typeof MadeSet>;

export const lockFile = (set: PythonSet) => join(projectDir, 'runner/python/sets', `${set}.lock`);

export const lockDigest = (set: PythonSet): Sha256 => `sha256:${hexSha256(readFileSync(lockFile(set)))}`;

export const setFolder = (set: PythonSet) => dataPath('python', set);

/** Where its packages lie. */
export const packagesFolder = (set: PythonSet) => join(setFolder(set), 'packages');

/** Covers what others installed beside the standard library. */
export const emptyFolder = (set: PythonSet) => join(setFolder(set), 'empty');

/** A set that was made here by today's lock, with an interpreter that is still there; or why there is none. */
export function findSet(set: PythonSet): MadeSet | { readonly problem: string } {
  const make = `'npx antidote python-env ${set}' makes it`;
  const file = join(setFolder(set), 'set.json');
  if (!existsSync(file)) return { problem: `the Python set ${set} has not been made; ${make}` };
  const made = MadeSet.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  if (!made || made.lock !== lockDigest(set))
    return { problem: `the Python set ${set} was made by another lock file; ${make} anew` };
  const gone = [made.executable, join(made.prefix, made.library)].find((path) => !existsSync(path));
  return gone === undefined ? made : { problem: `the Python set ${set} lacks ${gone}; ${make} anew` };
}

/** Why it can't be used here, or null. */
export const setProblem = (set: PythonSet): string | null => {
  const found = findSet(set);
  return 'problem' in found ? found.problem : null;
};

/** The sets that can be used here. */
export const madeSets = (): PythonSet[] => PythonSet.options.filter((set) => setProblem(set) === null);
