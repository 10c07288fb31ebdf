import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Dataset } from './dataset.ts';

const [side, channels] = [32, 3];
const plane = side * side;
const record = 1 + channels * plane;
const batch = (name: string, sha256: string) => ({ name, bytes: 10_000 * record, sha256 });

/**
 * 50,000 training and 10,000 test images of ten kinds of things, 32 × 32 in color: Krizhevsky 2009,
 * https://www.cs.toronto.edu/~kriz/cifar.html, the binary version. A record is a label and the red, the green and the
 * blue plane. The sums are of the unpacked files and, in the archive's entry, of it.
 */
export const cifar10: Dataset = {
  source: {
    folder: 'cifar-10',
    files: [
      batch('data_batch_1.bin', 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5'),
      batch('data_batch_2.bin', 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed'),
      batch('data_batch_3.bin', 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67'),
      batch('data_batch_4.bin', '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48'),
      batch('data_batch_5.bin', '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add'),
      batch('test_batch.bin', '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b'),
    ],
    systemFolders: [],
    debianPackage: null,
    addresses: [],
    archives: [
      {
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        bytes: 170_052_171,
        sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
      },
    ],
  },
  parse: (files) => ({ train: labeledSet(files.slice(0, -1)), test: labeledSet(files.slice(-1)) }),
};

/** Planes become pixels of three channels. */
function labeledSet(files: readonly Uint8Array[]): LabeledSet {
  const records = files.flatMap((file) => {
    if (file.length % record !== 0)
      throw new RangeError(`cifar-10: a file of ${file.length} bytes, want records of ${record}`);
    return Array.from({ length: file.length / record }, (_, index) =>
      file.subarray(index * record, (index + 1) * record),
    );
  });
  const x = new Uint8Array(records.length * channels * plane);
  for (const [row, bytes] of records.entries())
    for (let pixel = 0, to = row * channels * plane; pixel < plane; pixel++)
      for (let channel = 0; channel < channels; channel++) x[to++] = bytes[1 + channel * plane + pixel]!;
  return {
    n: records.length,
    classes: 10,
    shape: [side, side, channels],
    scale: 255,
    x,
    y: Int32Array.from(records, (bytes) => bytes[0]!),
  };
}
