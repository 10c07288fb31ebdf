import type { LabeledSet } from '../../lib/contract/defense.ts';
import { type Rng, rootOf } from '../random/rng.ts';
import type { Dataset } from './dataset.ts';

const [classes, items, flipPercent] = [100, 100, 30];

/**
 * Not Purchase-100, and no substitute for it in any number: made rows of its shape (100 items bought or not, 100
 * classes), so that what runs on it runs somewhere. Each class has a random prototype, and each row is its class's with
 * every item flipped at a chance of 30 %, so that it is learnable and not easy. Integers from a fixed seed: the same
 * bytes everywhere. 50 training and 20 test rows of each class, one of each in turn.
 */
export const purchase100Like: Dataset = {
  source: {
    folder: 'purchase-100-like',
    files: [],
    systemFolders: [],
    debianPackage: null,
    addresses: [],
    archives: [],
  },
  parse() {
    const root = rootOf('antidote purchase-100-like');
    const prototypes = root
      .fork('prototypes')
      .bytes(classes * items)
      .map((byte) => byte & 1); // [classes, items]
    return { train: rowsOf(prototypes, 50, root.fork('train')), test: rowsOf(prototypes, 20, root.fork('test')) };
  },
};

function rowsOf(prototypes: Uint8Array, perClass: number, rng: Rng): LabeledSet {
  const n = classes * perClass;
  const y = Int32Array.from({ length: n }, (_, row) => row % classes);
  const x = Uint8Array.from({ length: n * items }, (_, at) => {
    const held = prototypes[y[Math.floor(at / items)]! * items + (at % items)]!;
    return rng.below(100) < flipPercent ? 1 - held : held;
  });
  return { n, classes, shape: [items], scale: 1, x, y };
}
