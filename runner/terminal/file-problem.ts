import { dataPath } from '../host/places.ts';

const causes: Readonly<Record<string, string>> = {
  EROFS: 'its file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its quota is used up',
};

/** What a refused access to a file or folder means, in one sentence with what to do; null for any other error. */
export function fileProblem(error: Error & { code?: unknown; path?: unknown }): string | null {
  const { code, path } = error;
  if (typeof code !== 'string' || typeof path !== 'string' || !(code in causes)) return null;
  const isData = path.startsWith(dataPath());
  const way = isData ? 'ANTIDOTE_DATA=<folder> names another data folder' : 'mend that, or name another folder';
  return `Can't use ${path}: ${causes[code]} (${code}); ${way}.`;
}
