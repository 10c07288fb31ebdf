import type { PartId } from '../../lib/studies/paper/results.ts';
import { collision } from './collision.ts';
import { convolution } from './convolution.ts';
import { flips } from './flips.ts';
import { insertion } from './insertion.ts';
import type { Part } from './part.ts';
import { slab } from './slab.ts';
import { targeted } from './targeted.ts';

/** The parts of the study, in the order in which they are run. */
export const study: { readonly [Id in PartId]: Part<Id> } = {
  flips,
  slab,
  insertion,
  convolution,
  collision,
  targeted,
};
