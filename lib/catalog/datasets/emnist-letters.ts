import type { DescribedDataset } from './described-dataset.ts';

export const emnistLetters: DescribedDataset = {
  classNames: [...'abcdefghijklmnopqrstuvwxyz'],
  coreSteps: 702,
  origin: {
    title: 'EMNIST letters',
    url: 'https://www.nist.gov/itl/products-and-services/emnist-dataset',
    notice: 'a work of the United States government (NIST), without copyright there',
    pictures: '28 by 28 gray pixels, letters written by hand. Who wrote them is not said.',
  },
};
