import { causes } from '../../lib/catalog/file-causes.ts';
import { DataNotAvailable } from '../errors.ts';
import { shownPath } from '../host/file-causes.ts';
import { dataPath } from '../host/places.ts';

/** What a refused access to a file or folder means, in one sentence with what to do; null for any other error. */
export function fileProblem(error: Error & { code?: unknown; path?: unknown; dest?: unknown }): string | null {
  if (error instanceof DataNotAvailable) return fullDisk(error);
  const { code, path } = error;
  if (typeof code !== 'string' || !Object.hasOwn(causes, code)) return null;
  if (typeof path !== 'string')
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? `What was written has no room: ${code === 'ENOSPC' ? 'the disk is full' : 'the quota is used up'} (${code}); make some, and say the same again.`
      : null;
  return refused(path, code);
}

/** Of all that was met on the way to a data set this is what has to be mended: no other source of it would help. */
function fullDisk({ message }: DataNotAvailable): string | null {
  const [said, code] = /\b(ENOSPC|EDQUOT): [^;)]*/.exec(message) ?? []; // a cause for each source, in one text
  return said && code ? refused(/'([^']+)'/.exec(said)?.[1] ?? dataPath('datasets'), code) : null;
}

function refused(path: string, code: string): string {
  const isData = path.startsWith(dataPath());
  const room = code === 'ENOSPC' || code === 'EDQUOT' ? 'make room, or ' : '';
  const way = isData ? `${room}ANTIDOTE_DATA=<folder> names another data folder` : 'mend that, or name another';
  return `Can't use ${shownPath(path)}: ${causes[code]} (${code}); ${way}.`;
}
