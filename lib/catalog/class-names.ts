import type { DatasetId } from '../contract/ids.ts';

/**
 * What the labels 0, 1, … of a data set stand for, as its authors name them; classes without a name (Purchase-100's
 * clusters) have none here.
 */
export const classNames: Readonly<Record<DatasetId, readonly string[]>> = {
  'fashion-mnist': [
    'T-shirt',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'ankle boot',
  ],
  'fashion-mnist-3-4': ['dress', 'coat'],
  'cifar-10': ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  'purchase-100': [],
  'purchase-100-like': [],
};
