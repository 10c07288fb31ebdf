import type { Streams } from '../../lib/contract/task.ts';
import { streamsFrom, streamsOf } from '../random/rng.ts';
import { type Setting, seedRoot } from './setting.ts';

/** A model that is trained at a setting. */
export type Run = Setting & { readonly model: string };

/**
 * What a trial draws in training. It is the same for all defenses, attacks and budgets, so that they are compared on
 * the same draws. In a drawn suite it descends from the suite's seed: who does not know that can't tell a seed by its
 * draws.
 */
export const trainingStreams = ({ dataset, model, seed, draw }: Run): Streams =>
  draw ? streamsFrom(seedRoot(draw, seed).fork(`training ${model}`)) : streamsOf(dataset, model, seed);
