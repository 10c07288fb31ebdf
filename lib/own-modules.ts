import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaselineId } from './catalog/baselines/index.ts';

let read: ReadonlyMap<string, BaselineId> | undefined;

/**
 * The baseline that a module is to the byte, as this build has them, by its sha256; or null. Read once: a site serves
 * one build.
 */
export function ownModule(sha256: string): BaselineId | null {
  read ??= new Map(
    readdirSync(folder()).map((file) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(folder(), file)))
        .digest('hex');
      return [`sha256:${digest}`, BaselineId.parse(file.replace(/\.mjs$/, ''))];
    }),
  );
  return read.get(sha256) ?? null;
}

const folder = () => join(process.cwd(), 'dist/baselines');
