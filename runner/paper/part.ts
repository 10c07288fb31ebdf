import type { DatasetId } from '../../lib/catalog/datasets/index.ts';
import type { PartId, RunOf } from '../../lib/studies/paper/results.ts';
import type { Lab } from './lab.ts';

/**
 * What is kept whole: it was done or it was not. Its runs are a function of the part's inputs, the key and the engine.
 */
type Unit<Run> = { readonly key: string; make(lab: Lab): Promise<Run[]> };

export type Part<Id extends PartId = PartId> = {
  readonly id: Id;
  readonly datasets: readonly DatasetId[];
  /**
   * All that its runs are a function of besides data sets, seeds and engine: JSON. Another value makes all of its units
   * anew.
   */
  readonly inputs: unknown;
  /** In the order in which they are made. */
  readonly units: readonly Unit<RunOf<Id>>[];
};

/** As many as the source's tolerance is stated for. */
export const seedsFor = { lr: [0, 1, 2, 3, 4], 'mlp-256-256': [0, 1, 2] } as const;
