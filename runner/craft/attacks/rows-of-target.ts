import type { z } from 'zod';
import type { Draws, Room } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { countsOf } from './room.ts';
import { type Target, targetOf } from './target.ts';

/**
 * What a clean-label backdoor works on: a target and all of its rows, k at least. Throws RangeError where it has fewer.
 */
export function rowsOfTarget(given: {
  clean: LabeledSet;
  room: Room;
  target: z.infer<typeof Target>;
  k: number;
  rng: Draws;
}): { target: number; rows: Int32Array } {
  const { clean, room, k, rng } = given;
  const counts = countsOf(clean.y, clean.classes);
  const labelled = room.labelled.map((most, c) => Math.min(most, counts[c]!));
  const target = targetOf(given.target, k, { room: { ...room, labelled }, rng });
  const rows = Int32Array.from(clean.y.keys()).filter((row) => clean.y[row] === target);
  if (rows.length < k) throw new RangeError(`class ${target} has ${rows.length} rows, want ${k}`);
  return { target, rows };
}
