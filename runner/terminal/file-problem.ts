import { causes, shownPath } from '../host/file-causes.ts';
import { dataPath } from '../host/places.ts';

/** What a refused access to a file or folder means, in one sentence with what to do; null for any other error. */
export function fileProblem(error: Error & { code?: unknown; path?: unknown; dest?: unknown }): string | null {
  const { code, path } = error;
  if (typeof code !== 'string' || !Object.hasOwn(causes, code)) return null;
  if (typeof path !== 'string')
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? `What was written has no room: ${code === 'ENOSPC' ? 'the disk is full' : 'the quota is used up'} (${code}); make some, and say the same again.`
      : null;
  const isData = path.startsWith(dataPath());
  const way = isData ? 'ANTIDOTE_DATA=<folder> names another data folder' : 'mend that, or name another';
  return `Can't use ${shownPath(path)}: ${causes[code]} (${code}); ${way}.`;
}
