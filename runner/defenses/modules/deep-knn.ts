import type { FilterDefense, Host, LabeledSet } from '../../../lib/contract/defense.ts';
import { highest, leavingOut, rowsByLabel } from '../parts/labels.ts';

const neighbors = 50;
/** Rows are compared with so many, drawn at random: with all 60,000 it would take many minutes on pixels. */
const references = 2500;
/** Rows whose similarities are in memory at once. */
const chunk = 1000;

/**
 * Deep k-NN: leaves out the rows whose nearest neighbors, by the angle between features of a model trained on all rows, mostly bear one other label.
 * Never more than half of a label: those with the fewest neighbors of their own go first. Peri et al. 2020, https://arxiv.org/abs/1909.13374
 */
export default {
  async filter(train: LabeledSet, host: Host) {
    const features = normalized(host.features(await host.fit(train), train), train.n); // [n, width]
    const chosen = drawn(train.n, Math.min(references, train.n), host);
    const votes = votesOf(host.tf, features, chosen, train); // [n, classes]
    const own = (row: number) => votes[row * train.classes + train.y[row]!]!;
    const isAlone = (row: number) => own(row) < votes.subarray(row * train.classes, (row + 1) * train.classes).reduce((most, count) => Math.max(most, count));
    const out = rowsByLabel(train).flatMap((rows) =>
      highest(
        rows,
        rows.map((row) => -own(row)),
        rows.length,
      ).filter(isAlone),
    );
    return leavingOut(out, train.n);
  },
} satisfies FilterDefense;

/** Rows of length 1, or 0. */
function normalized(features: Float32Array, n: number): Float32Array {
  const width = features.length / n;
  const unit = new Float32Array(features.length);
  for (let row = 0; row < n; row++) {
    const own = features.subarray(row * width, (row + 1) * width);
    const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (let column = 0; column < width; column++) unit[row * width + column] = own[column]! / length;
  }
  return unit;
}

/** `count` distinct rows of n. */
function drawn(n: number, count: number, host: Host): Int32Array {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  for (let place = 0; place < count; place++) {
    const other = place + Math.floor(host.random() * (n - place));
    [rows[place], rows[other]] = [rows[other]!, rows[place]!];
  }
  return rows.slice(0, count);
}

/** How many of each row's nearest references bear each label; a row is no neighbor of its own. [n, classes] */
function votesOf(tf: Host['tf'], features: Float32Array, chosen: Int32Array, { n, y, classes }: LabeledSet): Uint16Array {
  const width = features.length / n;
  const votes = new Uint16Array(n * classes);
  const own = new Float32Array(chosen.length * width);
  for (const [place, row] of chosen.entries()) own.set(features.subarray(row * width, (row + 1) * width), place * width);
  tf.tidy(() => {
    const columns = tf.transpose(tf.tensor2d(own, [chosen.length, width]));
    for (let start = 0; start < n; start += chunk) {
      const rows = tf.tensor2d(features.subarray(start * width, (start + chunk) * width), [Math.min(chunk, n - start), width]);
      const product = tf.matMul(rows, columns);
      const near = product.dataSync<'float32'>(); // [chunk, references]
      tf.dispose([rows, product]);
      for (let row = start; row < Math.min(start + chunk, n); row++) {
        const similarities = near.subarray((row - start) * chosen.length, (row - start + 1) * chosen.length);
        for (const place of nearestOf(similarities, chosen, row)) votes[row * classes + y[chosen[place]!]!]!++;
      }
    }
  });
  return votes;
}

/** The places of the greatest similarities but the row's own, of equals the first; at most so many as neighbors are wanted. */
function nearestOf(similarities: Float32Array, chosen: Int32Array, row: number): number[] {
  const best: number[] = []; // falling
  let least = -Infinity;
  for (let place = 0; place < similarities.length; place++) {
    const value = similarities[place]!;
    if (value <= least || chosen[place] === row) continue;
    let at = best.length;
    while (at > 0 && similarities[best[at - 1]!]! < value) at--;
    best.splice(at, 0, place);
    if (best.length > neighbors) best.pop();
    if (best.length === neighbors) least = similarities[best[neighbors - 1]!]!;
  }
  return best;
}
