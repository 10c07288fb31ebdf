import { z } from 'zod';
import type { BaselineId } from './baselines/index.ts';

type Tuned = {
  /** The one main parameter, in the words of the field. */
  readonly parameter: string;
  /** What is tried of it, on public data alone. */
  readonly values: readonly number[];
};

/** Each reference defense that has a main parameter. */
export const tuned = {
  'dp-sgd': { parameter: 'step length, times its own', values: [1, 2, 3, 5, 8] },
  'clip-only': { parameter: 'clipping norm', values: [0.3, 1, 3] },
  'noise-only': { parameter: 'noise multiplier', values: [0.1, 0.5, 2] },
  'adaptive-clip': { parameter: 'quantile of the norms', values: [0.1, 0.5, 0.9] },
  'median-of-gradients': { parameter: 'shards of a batch', values: [5, 10, 20] },
  mixup: { parameter: 'α of the mixing weights', values: [0.2, 1, 4] },
  'trimmed-loss': { parameter: 'share left out', values: [0.05, 0.1, 0.2] },
  sever: { parameter: 'share left out', values: [0.05, 0.1, 0.2] },
  'sphere-slab': { parameter: 'share left out by each rule', values: [0.02, 0.05, 0.1] },
  'spectral-signatures': { parameter: 'poison rate ε', values: [0.01, 0.02, 0.05] },
  'activation-clustering': { parameter: 'share of a small cluster', values: [0.25, 0.35, 0.45] },
  'deep-knn': { parameter: 'neighbors', values: [20, 50, 100] },
  'label-cleaning': { parameter: 'folds', values: [3, 5, 10] },
  abl: { parameter: 'share isolated', values: [0.005, 0.01, 0.05] },
  dpa: { parameter: 'parts', values: [20, 50, 100] },
  'finite-aggregation': { parameter: 'members that see a row', values: [1, 2, 4] },
} as const satisfies Partial<Record<BaselineId, Tuned>>;

export type TunedId = keyof typeof tuned;
export const tunedIds = Object.keys(tuned) as TunedId[];

/** One value tried. Means over the seeds of the suite; too few for an interval. */
const Tried = z.strictObject({
  value: z.number(),
  mean: z.number(),
  worst: z.number(),
  /** Clean accuracy beside that of the undefended model. */
  utility: z.number(),
  collapsed: z.boolean(),
});
export type Tried = z.infer<typeof Tried>;

/** What `antidote tuning` measures and tuning.json holds. */
export const TuningTable = z.strictObject({
  suite: z.string(),
  seeds: z.array(z.int()),
  engine: z.string(),
  harness: z.string(),
  date: z.iso.date(),
  defenses: z.record(z.string(), z.strictObject({ own: z.number(), tried: z.array(Tried) })),
});
export type TuningTable = z.infer<typeof TuningTable>;
