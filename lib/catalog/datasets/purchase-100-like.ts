import type { DescribedDataset } from './described-dataset.ts';

export const purchase100Like: DescribedDataset = {
  classNames: [],
  coreSteps: 57,
};
