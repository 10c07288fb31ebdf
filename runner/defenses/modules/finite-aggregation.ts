import type { Host, LabeledSet, Task, TrainDefense, Weights } from '../../../lib/contract/defense.ts';

/** 1/k of the rows goes to each member, as in DPA with k parts. */
const k = 50;
/** The main parameter, the spread d: the parts of a member, and the members of a row. Worth tuning: 1, 2, 4. */
const spread = 2;
const parts = k * spread;
const epochs = 10;
const batchSize = 64;

/**
 * Finite aggregation: rows go to k·d parts by a hash of their pixels, each part to d of k·d members, and the members
 * vote. DPA is d = 1. One row put in or taken out changes the d members of its part, of d times as many votes; which
 * members those are is fixed, so that the votes certify more rows than a count of changed votes would.
 * Wang et al. 2022, https://arxiv.org/abs/2202.02628
 *
 * For this to hold a member must be a function of its parts alone, as a set, and of its index: rows are sorted, the hash
 * sees no label, and member i is the i-th `fit` of this host.
 */
export default {
  async train({ train }: Task, host: Host) {
    const members: Weights[] = [];
    for (const rows of membersOf(train)) members.push(await host.fit(take(train, rows), { epochs, batchSize }));
    return members;
  },
} satisfies TrainDefense;

/** The members that see each part: those `offsets` further on, in a circle. [parts][spread] */
export const seenBy = Array.from({ length: parts }, (_, part) => offsets().map((offset) => (part + offset) % parts));

/** d numbers of 0 … parts − 1, drawn once and for all: the same for every training set. */
function offsets(): number[] {
  const drawn = new Set([0]);
  for (let draw = 1; drawn.size < spread; draw++) drawn.add(hashOf(Uint8Array.of(draw)) % parts);
  return [...drawn];
}

/** The rows of each member, sorted by their pixels, then by label. */
export function membersOf({ n, x, y }: LabeledSet): number[][] {
  const size = x.length / n;
  const rowsOf = Array.from({ length: parts }, (): number[] => []);
  for (let row = 0; row < n; row++) for (const member of seenBy[hashOf(x.subarray(row * size, (row + 1) * size)) % parts]!) rowsOf[member]!.push(row);
  const order = (a: number, b: number) => {
    for (let pixel = 0; pixel < size; pixel++) if (x[a * size + pixel] !== x[b * size + pixel]) return x[a * size + pixel]! - x[b * size + pixel]!;
    return y[a]! - y[b]!;
  };
  return rowsOf.map((rows) => rows.sort(order));
}

function take(train: LabeledSet, rows: readonly number[]): LabeledSet {
  const size = train.x.length / train.n;
  const x = new Uint8Array(rows.length * size);
  for (const [place, row] of rows.entries()) x.set(train.x.subarray(row * size, (row + 1) * size), place * size);
  return { ...train, n: rows.length, x, y: Int32Array.from(rows, (row) => train.y[row]!) };
}

/** FNV-1a of 32 bits, http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
