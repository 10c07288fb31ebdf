import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The secret in that file, made when there is none yet; readable by its owner alone. */
export async function secretIn(file: string): Promise<string> {
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known.length >= 32) return known;
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, `${secret}\n`, { mode: 0o600 });
  await rename(`${file}.${process.pid}`, file);
  return secret;
}
