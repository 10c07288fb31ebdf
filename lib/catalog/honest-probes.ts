import { z } from 'zod';
import { BaselineId } from './baselines/index.ts';
import measured from './honest-probes.json' with { type: 'json' };

/** What honest runs gave in one of the honesty probes. `largest` is a mean over the seeds, as `limit` is of one. */
const HonestProbe = z.strictObject({
  limit: z.number(),
  largest: z.number(),
  /** Whose it is. */
  defense: BaselineId,
  /** How many have a value, and from how many trials together: those that were scored. */
  defenses: z.int().positive(),
  trials: z.int().positive(),
});

/**
 * What the reference defenses that were entered in a season gave in its honesty probes. `antidote season probes <name>`
 * writes it to honest-probes.json from the rows that are committed. Controls are left out: where all is poison they
 * drop every row.
 */
export const HonestProbes = z.strictObject({
  season: z.string(),
  engines: z.array(z.string()),
  seeds: z.int().positive(),
  defenses: z.array(BaselineId),
  controls: z.array(BaselineId),
  /** By the names that cheats-in-season.ts has for them. */
  probes: z.strictObject({
    oldNames: HonestProbe,
    shuffled: HonestProbe,
    otherNames: HonestProbe,
    lost: HonestProbe,
    fewRows: HonestProbe,
  }),
});
export type HonestProbes = z.infer<typeof HonestProbes>;

export const honestProbes = HonestProbes.parse(measured);
