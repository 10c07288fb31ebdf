import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { RunnerClass } from '../../lib/contract/protocol.ts';
import { HarnessFault } from '../errors.ts';
import { dataPath } from '../host/places.ts';
import { readIfThere } from '../host/read-if-there.ts';
import { replaceFile } from '../host/replace-file.ts';

/**
 * Who this runner is, in a folder of its own that no jail is shown. The private key never leaves the file but to sign.
 */
export const Identity = z.strictObject({
  runner: z.uuid(),
  class: RunnerClass,
  /** What the organizer confirmed. */
  labels: z.array(z.string()),
  /** What it had to offer when it enrolled; if that changes it enrols anew. */
  offered: z.array(z.string()),
  publicKey: z.string(),
  privateKey: z.string(),
});
export type Identity = z.infer<typeof Identity>;

const file = () => dataPath('runner', 'identity.json');

/** Null where this runner never enrolled. */
export async function findIdentity(): Promise<Identity | null> {
  const text = await readIfThere(file());
  if (text === null) return null;
  try {
    return Identity.parse(JSON.parse(text));
  } catch {
    throw new HarnessFault(`${file()} is damaged; delete it and enrol again with a new code.`);
  }
}

export async function keepIdentity(identity: Identity): Promise<void> {
  await mkdir(dirname(file()), { recursive: true, mode: 0o700 });
  await replaceFile(file(), `${JSON.stringify(identity)}\n`, 0o600);
}

export const forgetIdentity = () => rm(file(), { force: true });
