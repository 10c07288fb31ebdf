import { cifar10 } from './cifar-10.ts';
import type { DescribedDataset } from './described-dataset.ts';

export const cifar10Luma: DescribedDataset = {
  ...cifar10,
  coreSteps: 702,
};
