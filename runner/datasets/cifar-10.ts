import type { DataSource, Dataset } from './dataset.ts';
import { inCanonicalOrder, labeledSetOf, recordsOf } from './records.ts';

const [side, channels] = [32, 3];
const plane = side * side;
const recordSize = 1 + channels * plane;

/** The files of the official archive that make up each of ours. */
const batches: Readonly<Record<string, readonly string[]>> = {
  'train.bin': [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
  'test.bin': ['test_batch.bin'],
};

/**
 * Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html, the binary version: a record is a label and the red,
 * the green and the blue plane. Kept in canonical order; the sums are of what is kept and, in the archive's entry, of
 * it.
 */
export const cifar10Source: DataSource = {
  folder: 'cifar-10',
  files: [
    {
      name: 'train.bin',
      bytes: 50_000 * recordSize,
      sha256: '72083841cd0fa633f09b24c0833cf6d6a1809caff400317117334e0aa6b0ed46',
    },
    {
      name: 'test.bin',
      bytes: 10_000 * recordSize,
      sha256: 'f1bbb931260cda782c84c1948c82d910e2c193cb1d56756293f445027090946b',
    },
  ],
  systemFolders: [],
  debianPackage: null,
  addresses: [],
  archives: [
    {
      url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
      bytes: 170_052_171,
      sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
      make: (name, member) => inCanonicalOrder(batches[name]!.flatMap((batch) => recordsOf(member(batch), recordSize))),
    },
  ],
};

/** 50,000 training and 10,000 test images of ten kinds of things, 32 × 32 in color, in canonical order. */
export const cifar10: Dataset = {
  source: cifar10Source,
  parse([train, test]) {
    const read = (file: Uint8Array) =>
      labeledSetOf(file, { classes: 10, shape: [side, side, channels] }, recordSize, inColor);
    return { train: read(train!), test: read(test!) };
  },
};

/** The same in gray, for dense models: luma, .299 R + .587 G + .114 B, rounded half up. */
export const cifar10Luma: Dataset = {
  source: cifar10Source,
  parse([train, test]) {
    const read = (file: Uint8Array) => labeledSetOf(file, { classes: 10, shape: [side, side, 1] }, recordSize, luma);
    return { train: read(train!), test: read(test!) };
  },
};

/** Planes become pixels of three channels. */
function inColor(planes: Uint8Array, row: Uint8Array): void {
  for (let pixel = 0; pixel < plane; pixel++)
    for (let channel = 0; channel < channels; channel++)
      row[pixel * channels + channel] = planes[channel * plane + pixel]!;
}

function luma(planes: Uint8Array, row: Uint8Array): void {
  for (let pixel = 0; pixel < plane; pixel++)
    row[pixel] = Math.floor(
      (299 * planes[pixel]! + 587 * planes[plane + pixel]! + 114 * planes[2 * plane + pixel]! + 500) / 1000,
    );
}
