import type { ControlId } from '../../lib/catalog/baselines/index.ts';
import type { Rng } from '../random/rng.ts';

/**
 * The two defenses that know which rows are poison, and therefore are no modules: the harness weighs the rows itself,
 * outside the jail. After the filters of Armory (https://github.com/twosixlabs/armory): they bracket what a filter can
 * do.
 */
export const controlWeights: Record<ControlId, (isPoison: Uint8Array, rng: Rng) => Float32Array> = {
  /** Leaves out exactly the poison. */
  'oracle-filter': (isPoison) => Float32Array.from(isPoison, (poison) => 1 - poison),
  /** Leaves out as many rows as there is poison, any rows. */
  'random-filter'(isPoison, rng) {
    const weights = new Float32Array(isPoison.length).fill(1);
    const count = isPoison.reduce((sum, poison) => sum + poison, 0);
    for (const row of rng.sample(isPoison.length, count)) weights[row] = 0;
    return weights;
  },
};

export const hasWeights = (id: string): id is ControlId => Object.hasOwn(controlWeights, id);
