import { cifar10 } from './cifar-10.ts';
import type { DescribedDataset } from './described-dataset.ts';

export const cifar10Luma: DescribedDataset = {
  ...cifar10,
  coreSteps: 702,
  origin: {
    title: 'CIFAR-10, in gray',
    url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    notice: 'collected from the web by Krizhevsky, Nair and Hinton; their authors are not known',
    pictures: '32 by 32 gray pixels, pictures of animals and vehicles. Nobody is named.',
  },
};
