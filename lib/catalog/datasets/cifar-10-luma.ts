import { cifar10 } from './cifar-10.ts';
import type { DescribedDataset } from './described-dataset.ts';

export const cifar10Luma: DescribedDataset = {
  classNames: cifar10.classNames,
  coreSteps: 702,
  origin: {
    ...cifar10.origin!,
    title: 'CIFAR-10, in gray',
    pictures: '32 by 32 gray pixels, pictures of animals and vehicles. Nobody is named.',
  },
};
