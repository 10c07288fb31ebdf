import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HarnessFault } from '../errors.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { problemOf, send } from './http.ts';

/**
 * Downloads to `<path>.part`, goes on where an earlier try ended, and renames when the sha256 is right: the name never stands for a wrong file.
 * A part whose end does not fit is thrown away once and downloaded whole. `received` hears how many bytes came.
 */
export async function download(url: string, path: string, sha256: string, received: (bytes: number) => void = () => {}): Promise<void> {
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  for (const again of [true, false]) {
    await fetchInto(part, url, sha256, received);
    if ((await sumOf(part)) === sha256) return rename(part, path);
    await rm(part);
    if (!again) throw new HarnessFault(`${url} is not what its sha256 says; nothing of it is kept.`);
  }
}

async function fetchInto(part: string, url: string, sha256: string, received: (bytes: number) => void) {
  const have = (await stat(part).catch(() => null))?.size ?? 0;
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-`, 'if-range': `"${sha256}"` } : {};
  const response = await send(url, () => ({ headers }), interrupted);
  if (response.status === 416) return; // the part is as long as the file, or longer
  if (!response.ok || !response.body) throw await problemOf(response);
  const resumed = response.status === 206;
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  body.on('data', (chunk: Buffer) => received(chunk.length));
  await pipeline(body, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
}

export async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
}
