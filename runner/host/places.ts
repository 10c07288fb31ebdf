import { join, resolve } from 'node:path';
import { env } from './env.ts';

/** A path in the folder of everything that is kept; absolute, so that a child in another folder means the same. */
export const dataPath = (...names: string[]) => join(resolve(env().ANTIDOTE_DATA), ...names);
