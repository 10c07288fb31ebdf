import type { Draw, Suite } from '../../lib/contract/suite.ts';
import { type Rng, rootOf } from '../random/rng.ts';

/** What decides the clean rows of a trial: data set and seed and, by the second hygiene, the draw that the suite is. */
export type Setting = { readonly dataset: string; readonly seed: number; readonly draw?: Draw };

/** Throws RangeError where a suite of the second hygiene does not say its draw: a season before its close. */
export function settingOf({ id, rules, draw }: Suite, { dataset, seed }: Omit<Setting, 'draw'>): Setting {
  if (rules.hygiene === 1) return { dataset, seed };
  if (!draw) throw new RangeError(`settingOf: suite ${id} is drawn from a seed that it does not name`);
  return { dataset, seed, draw };
}

/** All draws of a suite descend from it. */
export const drawRoot = ({ plan, dataset, seed }: Draw): Rng => rootOf(`antidote draw\0${plan}\0${dataset}\0${seed}`);

/** All draws of one of its seeds. */
export const seedRoot = (draw: Draw, seed: number): Rng => drawRoot(draw).fork(`seed ${seed}`);
