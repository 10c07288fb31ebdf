import { gunzipSync } from 'node:zlib';
import type { Dataset, Member } from './dataset.ts';
import { parseIdx } from './idx.ts';
import { inCanonicalOrder, labeledSetOf } from './records.ts';

const side = 28;
const size = side * side;
const recordSize = 1 + size;

/**
 * 124,800 training and 20,800 test images of the 26 letters, upper and lower case together, 28 × 28, upright and in
 * canonical order: Cohen, Afshar, Tapson, van Schaik 2017, https://arxiv.org/abs/1702.05373. The official files number
 * the letters from 1 and hold each image transposed. The sums are of what is kept.
 */
export const emnistLetters: Dataset = {
  source: {
    folder: 'emnist-letters',
    files: [
      {
        name: 'train.bin',
        bytes: 124_800 * recordSize,
        sha256: '6baa1f55db141702e98739ca7b48bd0e0073c8f047c53a3a3316ce60a6e6dcfb',
      },
      {
        name: 'test.bin',
        bytes: 20_800 * recordSize,
        sha256: '7b5fc5ca085e209db72b3007a7db7c201e1c78a07a202ae02f30f823d4b53704',
      },
    ],
    systemFolders: [],
    debianPackage: null,
    addresses: [],
    archives: [
      { url: 'https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip', bytes: 2 ** 30, sha256: null, make: fromOfficial },
    ],
  },
  parse([train, test]) {
    const read = (file: Uint8Array) =>
      labeledSetOf(file, { classes: 26, shape: [side, side, 1] }, recordSize, (from, to) => to.set(from));
    return { train: read(train!), test: read(test!) };
  },
};

/** One split of the official archive, upright, with labels from 0, in canonical order. */
export function fromOfficial(name: string, member: Member): Uint8Array {
  const official = (kind: string) =>
    parseIdx(gunzipSync(member(`emnist-letters-${name.replace('.bin', '')}-${kind}-ubyte.gz`))).data;
  const [images, labels] = [official('images-idx3'), official('labels-idx1')];
  return inCanonicalOrder(
    Array.from(labels, (label, row) => {
      const record = new Uint8Array(recordSize);
      record[0] = label - 1;
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) record[1 + y * side + x] = images[row * size + x * side + y]!;
      return record;
    }),
  );
}
