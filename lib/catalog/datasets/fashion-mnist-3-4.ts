import type { DescribedDataset } from './described-dataset.ts';

export const fashionMnist34: DescribedDataset = {
  classNames: ['dress', 'coat'],
  coreSteps: 420,
};
