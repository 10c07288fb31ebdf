import type { PartId } from '../../lib/benchmark/paper/results.ts';
import { flips } from './flips.ts';
import type { Part } from './part.ts';

/** The parts of the study, in the order in which they are run. */
export const study: { readonly [Id in PartId]?: Part<Id> } = { flips };
