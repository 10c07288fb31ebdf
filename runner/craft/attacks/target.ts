import { z } from 'zod';
import type { Craft } from '../../../lib/contract/attack.ts';
import { classWithRoom } from './room.ts';

/** The class that every triggered row is to be called; `drawn`: the seed's draw among the classes with room. */
export const Target = z.union([z.int().nonnegative(), z.literal('drawn')]);

/** The target for k poison rows. */
export const targetOf = (
  target: z.infer<typeof Target>,
  k: number,
  { room, rng }: Pick<Craft<unknown>, 'room' | 'rng'>,
) => (target === 'drawn' ? classWithRoom(room, k, rng.fork('target')) : target);
