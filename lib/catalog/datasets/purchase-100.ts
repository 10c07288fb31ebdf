import type { DescribedDataset } from './described-dataset.ts';

export const purchase100: DescribedDataset = {
  classNames: [],
  coreSteps: 117,
};
