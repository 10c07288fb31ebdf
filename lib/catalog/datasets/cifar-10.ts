import type { DescribedDataset } from './described-dataset.ts';

export const cifar10: DescribedDataset = {
  classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  coreSteps: 585,
};
