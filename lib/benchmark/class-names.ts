import type { DatasetId } from './ids.ts';

/** What the labels 0, 1, … of a data set stand for. FashionMNIST's are those of its authors, https://github.com/zalandoresearch/fashion-mnist */
export const classNames: Readonly<Record<DatasetId, readonly string[]>> = {
  'fashion-mnist': ['T-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
  'fashion-mnist-3-4': ['dress', 'coat'],
};
