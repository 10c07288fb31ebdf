import type { DatasetId } from '../../lib/catalog/datasets/index.ts';
import type { Engine } from '../../lib/contract/result.ts';
import type { Split } from '../datasets/dataset.ts';
import { loadDataset } from '../datasets/index.ts';
import { dataPath } from '../host/places.ts';
import type { OpenEngine, Tf } from '../train/tf.ts';

/** What a unit of the study works with. */
export type Lab = {
  readonly tf: Tf;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Where runs that are done and trained models lie. */
  readonly folder: string;
  split(id: DatasetId): Promise<Split>;
};

/** Data sets are read once. */
export function openLab({ tf, engine }: OpenEngine, folder: string, signal: AbortSignal): Lab {
  const splits = new Map<DatasetId, Promise<Split>>();
  return {
    tf,
    engine,
    signal,
    folder,
    split(id) {
      const known = splits.get(id) ?? loadDataset(id, dataPath());
      splits.set(id, known);
      return known;
    },
  };
}
