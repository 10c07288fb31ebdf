import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Sha256 } from '../../lib/contract/ids.ts';

/** 64 hex digits. */
export const hexSha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Of a file of any size, read as a stream. */
export async function fileSha256(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
}
