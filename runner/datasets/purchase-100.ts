import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Dataset, Split } from './dataset.ts';

const [records, itemsHeld, itemsKept, classes, rows] = [197_324, 600, 100, 100, 10_000];

/**
 * Shopping histories: which items a customer bought, and which of 100 clusters that makes a member of. Shokri et al.
 * 2017, https://arxiv.org/abs/1610.05820, from Kaggle's Acquire Valued Shoppers; the file has 197,324 records of 600
 * items. Hong et al. 2020 keep 100 items and 10,000 + 10,000 records and do not say which: here the first, in the
 * file's order. Nobody has published the file's sha256, so that it is known by its form: see parse.
 */
export const purchase100: Dataset = {
  source: {
    folder: 'purchase-100',
    files: [{ name: 'dataset_purchase', bytes: records * (2 * itemsHeld + 5), sha256: null, defect }],
    systemFolders: [],
    debianPackage: null,
    addresses: [],
    archives: [{ url: 'https://www.comp.nus.edu.sg/~reza/files/dataset_purchase.tgz', bytes: 2 ** 28, sha256: null }],
  },
  parse: ([file]) => parse(file!),
};

function defect(bytes: Uint8Array): string | null {
  try {
    parse(bytes);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Reads lines `label,item,item,…` with labels 1 … 100 and items 0 or 1. Throws RangeError unless the whole file is
 * 197,324 of them with 600 items each.
 */
function parse(bytes: Uint8Array): Split {
  const [x, y] = [new Uint8Array(2 * rows * itemsKept), new Int32Array(2 * rows)];
  const [zero, one, comma, cr, lf] = [0x30, 0x31, 0x2c, 0x0d, 0x0a];
  let at = 0;
  for (let row = 0; row < records; row++) {
    let label = 0;
    for (; bytes[at]! >= zero && bytes[at]! <= 0x39 && label <= classes; at++) label = 10 * label + bytes[at]! - zero;
    if (label < 1 || label > classes) throw wrong(row, `label ${label}, want 1 … ${classes}`);
    for (let item = 0; item < itemsHeld; item++, at += 2) {
      const value = bytes[at + 1];
      if (bytes[at] !== comma || (value !== zero && value !== one))
        throw wrong(row, `item ${item + 1} is not ,0 or ,1`);
      if (row < 2 * rows && item < itemsKept) x[row * itemsKept + item] = value - zero;
    }
    if (bytes[at] === cr) at++;
    if (bytes[at] === lf) at++;
    else if (at < bytes.length) throw wrong(row, `more than ${itemsHeld} items`);
    if (row < 2 * rows) y[row] = label - 1;
  }
  if (at < bytes.length) throw new RangeError(`more than ${records} records`);
  return { train: part(x, y, 0), test: part(x, y, rows) };
}

const wrong = (row: number, what: string) => new RangeError(`record ${row + 1} of ${records}: ${what}`);

const part = (x: Uint8Array, y: Int32Array, from: number): LabeledSet => ({
  ...{ n: rows, classes, shape: [itemsKept], scale: 1 },
  x: x.slice(from * itemsKept, (from + rows) * itemsKept),
  y: y.slice(from, from + rows),
});
