import type { DescribedDataset } from './described-dataset.ts';

export const fashionMnist: DescribedDataset = {
  classNames: ['T-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
  coreSteps: 702,
  origin: {
    title: 'FashionMNIST',
    url: 'https://github.com/zalandoresearch/fashion-mnist',
    notice: 'Copyright (c) 2017 Zalando SE, https://tech.zalando.com, MIT license',
    pictures:
      "28 by 28 gray pixels, pictures of articles of clothing out of a shop's catalogue. Nobody is shown or named.",
  },
};
