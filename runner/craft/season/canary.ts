import { join } from 'node:path';
import { writeSafetensors } from '../../../lib/contract/formats/safetensors.ts';
import type { Committed } from '../../../lib/contract/season.ts';
import { replaceFile } from '../../host/replace-file.ts';
import { rootOf } from '../../random/rng.ts';

const [rows, bytes] = [64, 1024];

/** 64 rows that lie beside the training set in one runner's copy and nowhere else. No trial reads them. */
export const canaryOf = ({ salt, draw }: Committed, runner: string): Uint8Array =>
  rootOf(`antidote canary\0${salt}\0${draw.seed}\0${runner}`).bytes(rows * bytes); // [64, 1024]

export const canaryFile = (canary: Uint8Array): Uint8Array =>
  writeSafetensors([{ name: 'canary', shape: [rows, bytes], data: canary }]);

/**
 * Puts the runner's canary into the folder of its copy, beside the suites, where only its owner can read it. The same
 * one each time: said again it changes nothing.
 */
export const writeCanary = (folder: string, committed: Committed, runner: string): Promise<void> =>
  replaceFile(join(folder, 'canary.safetensors'), canaryFile(canaryOf(committed, runner)), 0o600);

/** Which of these runners' copies the bytes are from: one whole row of a canary is enough. */
export function copiesIn(found: Uint8Array, committed: Committed, runners: readonly string[]): string[] {
  const text = Buffer.from(found.buffer, found.byteOffset, found.length);
  return runners.filter((runner) => {
    const canary = canaryOf(committed, runner);
    return Array.from({ length: rows }, (_, row) => canary.subarray(row * bytes, (row + 1) * bytes)).some((row) =>
      text.includes(Buffer.from(row)),
    );
  });
}
