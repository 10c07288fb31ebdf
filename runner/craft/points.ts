import { z } from 'zod';
import onFashionMnist34 from '../../lib/catalog/suites/points.fashion-mnist-3-4.json' with { type: 'json' };
import type { Point } from '../../lib/contract/attack.ts';
import { Slug } from '../../lib/contract/ids.ts';

/**
 * What findPoints found, made by `antidote suite points <dataset> <rate>...`: for each budget of attack `slab` its
 * points, and the accuracy that they left. Pixels are two hex digits each. Frozen with the suites that use it.
 */
export const FoundPoints = z.strictObject({
  format: z.literal('antidote-points-1'),
  dataset: Slug,
  found: z.array(
    z.strictObject({
      budget: z.number().positive(),
      /**
       * Settings that were tried, and the accuracy on clean rows that the best of them left, the mean over the
       * attacker's victims.
       */
      evaluations: z.int().positive(),
      accuracy: z.number(),
      points: z
        .array(z.strictObject({ label: z.int().nonnegative(), share: z.number().positive().max(1), pixels: z.hex() }))
        .min(1),
    }),
  ),
});
export type FoundPoints = z.infer<typeof FoundPoints>;

const listed: readonly FoundPoints[] = [FoundPoints.parse(onFashionMnist34)];

/** The points for that budget, or none where nobody has searched for any. */
export function pointsOf(dataset: string, budget: number): Point[] {
  const found = listed.find((list) => list.dataset === dataset)?.found.find((one) => one.budget === budget);
  return (found?.points ?? []).map(({ label, share, pixels }) => ({
    label,
    share,
    pixels: new Uint8Array(Buffer.from(pixels, 'hex')),
  }));
}
