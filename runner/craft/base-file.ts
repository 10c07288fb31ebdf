import { writeSafetensors } from '../../lib/contract/formats/safetensors.ts';
import type { DrawnRows } from './drawn-rows.ts';
import type { Setting } from './setting.ts';

/** Where the base of a data set and seed lies in the folder of a drawn suite. */
export const basePath = ({ dataset, seed }: Pick<Setting, 'dataset' | 'seed'>) =>
  `base/${dataset}/seed-${seed}.safetensors`;

/** `rows`: which rows of the data set the base is, in its order. `histogram`: how many rows each class has. */
export const encodeBase = ({ base, histogram }: DrawnRows): Uint8Array =>
  writeSafetensors([
    { name: 'rows', shape: [base.length], data: base },
    { name: 'histogram', shape: [histogram.length], data: histogram },
  ]);
