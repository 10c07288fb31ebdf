import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TunedId, tuned, variantOf } from '../defenses/tuning.ts';
import { requireFolder } from '../host/destination.ts';
import { tell } from '../terminal/tell.ts';

/** Writes the modules that tuning tries: of each baseline with a main parameter one for each of its three values. */
export function variants(folder: string): number {
  requireFolder('the folder', folder);
  mkdirSync(folder, { recursive: true });
  for (const id of Object.keys(tuned) as TunedId[])
    for (const value of tuned[id].values) {
      const file = join(folder, `${id}.${value}.mjs`);
      writeFileSync(file, variantOf(id, value));
      tell(file);
    }
  return 0;
}
