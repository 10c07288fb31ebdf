import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { DumpHead } from '../../lib/contract/dump.ts';
import { UsageError } from '../errors.ts';
import { shownPath } from '../host/file-causes.ts';
import { requireRegular, unreadable } from '../host/read-bytes.ts';

/** More than the first line of a dump is, packed. */
const headBytes = 512;

/**
 * Throws UsageError unless the file begins as a dump does: asked before a site is started for it, which reads the rest
 * and stores nothing of one that is damaged.
 */
export async function requireDump(file: string): Promise<void> {
  const start = await startOf(file).catch((error: NodeJS.ErrnoException) => {
    throw error instanceof UsageError ? error : unreadable(file, error);
  });
  if (!isDump(start)) throw new UsageError(`${shownPath(file)} is no dump; 'npx antidote dump <file>' writes one.`);
}

async function startOf(file: string): Promise<Buffer> {
  await requireRegular(file);
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function isDump(start: Buffer): boolean {
  try {
    const [line] = gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }).toString().split('\n');
    return DumpHead.safeParse(JSON.parse(line!)).success;
  } catch {
    return false;
  }
}
