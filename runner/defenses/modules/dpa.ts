import type { Host, LabeledSet, Task, TrainDefense, Weights } from '../../../lib/contract/defense.ts';

/** k: so many disjoint parts, and as many members that vote. */
const parts = 50;
const epochs = 10;
const batchSize = 64;

/**
 * Deep partition aggregation: each row goes to one part by a hash of its pixels, a model is trained on each part, and they vote. One row put in or taken
 * out changes one part, and so one vote: where the plurality leads by more than twice as many votes, no such rows can change it. A replaced
 * row counts as two. Levine and Feizi 2021, https://arxiv.org/abs/2006.14768
 *
 * For this to hold a member must be a function of its part alone, as a set, and of the part's index. The hash sees the row's own pixels and not its
 * label. Rows are sorted within the part, so that neither the order of the training set nor the rest of it shows; rows that are equal are
 * the same to training. Member i is the i-th `fit` of this host, whatever the parts hold, an empty one too; a `fit` draws its weights and batches from
 * streams that fork by its number alone. How many it draws depends on the part's size. Nothing else is kept from fit to fit.
 */
export default {
  async train({ train }: Task, host: Host) {
    const members: Weights[] = [];
    for (const part of partsOf(train)) members.push(await host.fit(part, { epochs, batchSize }));
    return members;
  },
} satisfies TrainDefense;

/** The rows of each part, sorted by their pixels, then by label. */
export function partsOf(train: LabeledSet): LabeledSet[] {
  const { n, x, y } = train;
  const size = x.length / n;
  const rowsOf = Array.from({ length: parts }, (): number[] => []);
  for (let row = 0; row < n; row++) rowsOf[hashOf(x.subarray(row * size, (row + 1) * size)) % parts]!.push(row);
  const order = (a: number, b: number) => {
    for (let pixel = 0; pixel < size; pixel++) if (x[a * size + pixel] !== x[b * size + pixel]) return x[a * size + pixel]! - x[b * size + pixel]!;
    return y[a]! - y[b]!;
  };
  return rowsOf.map((rows) => {
    rows.sort(order);
    const pixels = new Uint8Array(rows.length * size);
    for (const [place, row] of rows.entries()) pixels.set(x.subarray(row * size, (row + 1) * size), place * size);
    return { ...train, n: rows.length, x: pixels, y: Int32Array.from(rows, (row) => y[row]!) };
  });
}

/** FNV-1a of 32 bits, http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
