import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { DataSource, Dataset } from './dataset.ts';
import { parseIdx } from './idx.ts';

/**
 * Xiao, Rasul, Vollgraf 2017, https://arxiv.org/abs/1708.07747; MIT license, Zalando SE. The sums are of the unpacked
 * files.
 */
export const fashionMnistSource: DataSource = {
  folder: 'fashion-mnist',
  files: [
    {
      name: 'train-images-idx3-ubyte',
      bytes: 47_040_016,
      sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    },
    {
      name: 'train-labels-idx1-ubyte',
      bytes: 60_008,
      sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
    {
      name: 't10k-images-idx3-ubyte',
      bytes: 7_840_016,
      sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    },
    {
      name: 't10k-labels-idx1-ubyte',
      bytes: 10_008,
      sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  ],
  systemFolders: ['/usr/share/datasets/fashion-mnist'],
  debianPackage: 'dataset-fashion-mnist',
  addresses: [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com',
    'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion',
  ],
  archives: [],
};

/** 60,000 training and 10,000 test images of ten kinds of clothing, 28 × 28, in the files' order. */
export const fashionMnist: Dataset = {
  source: fashionMnistSource,
  parse([trainImages, trainLabels, testImages, testLabels]) {
    return { train: labeledSet(trainImages!, trainLabels!), test: labeledSet(testImages!, testLabels!) };
  },
};

function labeledSet(images: Uint8Array, labels: Uint8Array): LabeledSet {
  const { shape, data } = parseIdx(images);
  const [n, height, width] = shape as [number, number, number];
  return { n, classes: 10, shape: [height, width, 1], scale: 255, x: data, y: Int32Array.from(parseIdx(labels).data) };
}
