import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readIfThere } from '../host/read-if-there.ts';
import { replaceFile } from '../host/replace-file.ts';

/** The secret in that file, made when there is none yet; readable by its owner alone. */
export async function secretIn(file: string): Promise<string> {
  const known = (await readIfThere(file))?.trim();
  if (known && known.length >= 32) return known;
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, `${secret}\n`, 0o600);
  return secret;
}
