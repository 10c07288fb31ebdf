import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSafetensors } from '../../../lib/contract/formats/safetensors.ts';
import type { OnEpoch } from '../../train/fit.ts';
import { epochFile, epochsFolder } from '../out.ts';

/** More epochs than this have no file names. */
const epochLimit = 999;

/**
 * Leaves the weights after each epoch in /out; of several trainings those of the last, which is the harness's own where
 * it owns the loop.
 */
export function checkpointsIn(out: string): OnEpoch {
  return (weights, epoch) => {
    const folder = join(out, epochsFolder);
    if (epoch === 1) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (epoch <= epochLimit) writeFileSync(join(out, epochFile(epoch)), writeSafetensors(weights));
  };
}
