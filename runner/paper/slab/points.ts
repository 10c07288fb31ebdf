import { z } from 'zod';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import type { SlabPoint } from './feasible.ts';
import json from './points.json' with { type: 'json' };

/** What the search found, one poison per rate; images in base64. */
const Points = z.strictObject({
  format: z.literal('antidote-slab-points-1'),
  poisons: z.array(
    z.strictObject({
      rate: z.number(),
      /** Of the victims in the search, on clean training rows that they were not trained on. */
      score: z.number(),
      evaluations: z.int(),
      points: z.array(z.strictObject({ label: z.literal([0, 1]), copies: z.int().positive(), x: z.base64() })).max(4),
    }),
  ),
});

export const poisons = Points.parse(json).poisons.map(({ points, ...poison }) => ({
  ...poison,
  points: points.map((point): SlabPoint => ({ ...point, x: new Uint8Array(Buffer.from(point.x, 'base64')) })),
}));

/** The poison's rows, copies side by side. */
export function rowsOf(points: readonly SlabPoint[]): Pick<LabeledSet, 'x' | 'y'> {
  const copies = points.flatMap((point) => new Array<SlabPoint>(point.copies).fill(point));
  const x = new Uint8Array(copies.reduce((sum, point) => sum + point.x.length, 0));
  for (const [index, point] of copies.entries()) x.set(point.x, index * point.x.length);
  return { x, y: Int32Array.from(copies, ({ label }) => label) };
}
