import type { DescribedDataset } from './described-dataset.ts';

export const cifar10: DescribedDataset = {
  classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  coreSteps: 391,
  mostRows: 20_000,
  origin: {
    title: 'CIFAR-10',
    url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    notice: 'collected from the web by Krizhevsky, Nair and Hinton; their authors are not known',
    pictures: '32 by 32 pixels in color, pictures of animals and vehicles. Nobody is named.',
  },
};
