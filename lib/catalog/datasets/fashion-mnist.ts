import type { DescribedDataset } from './described-dataset.ts';

export const fashionMnist: DescribedDataset = {
  classNames: ['T-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
  coreSteps: 702,
};
