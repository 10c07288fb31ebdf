import type { FilterDefense, Host, LabeledSet } from '../../../lib/benchmark/defense.ts';
import { highest, leavingOut, rowsByLabel } from '../parts/labels.ts';
import { softmax } from '../parts/softmax.ts';

/** p: the poison rate that is assumed. Each round leaves out p/2 of each label's rows. */
const rate = 0.1;
const rounds = 4;
/** Of the power iteration; scores need no more than the order that it gives. */
const iterations = 15;

/**
 * SEVER: trains, finds the direction in which the gradients of the rows at the fitted model vary most, leaves out the rows that lie farthest along
 * it, and trains again. Within each label, so that no class is thrown away for being hard. The gradients are those of the last layer,
 * g = (f, 1) ⊗ δ with features f and δ = softmax − one-hot: for `lr` the whole gradient. Diakonikolas et al. 2019, https://arxiv.org/abs/1803.02815
 */
export default {
  async filter(train: LabeledSet, host: Host) {
    const out = new Set<number>();
    for (let round = 0; round < rounds; round++) {
      const model = await host.fit(train, { weights: leavingOut(out, train.n) });
      const features = host.features(model, train); // [n, width]
      const logits = host.logits(model, train); // [n, classes]
      for (const all of rowsByLabel(train)) {
        const rows = all.filter((row) => !out.has(row));
        if (rows.length < 2) continue;
        const scores = outlierScores(host.tf, lastLayer(rows, features, logits, train));
        for (const row of highest(rows, scores, (rate / 2) * rows.length)) out.add(row);
      }
    }
    return leavingOut(out, train.n);
  },
} satisfies FilterDefense;

/** Inputs and deltas of the last layer, whose outer products are the gradients. */
type LastLayer = { n: number; inputs: Float32Array; width: number; deltas: Float32Array; classes: number };

function lastLayer(rows: readonly number[], features: Float32Array, logits: Float32Array, { n, y, classes }: LabeledSet): LastLayer {
  const given = features.length / n;
  const width = given + 1;
  const inputs = new Float32Array(rows.length * width).fill(1); // the last column is the bias's
  const deltas = new Float32Array(rows.length * classes);
  for (const [place, row] of rows.entries()) {
    inputs.set(features.subarray(row * given, (row + 1) * given), place * width);
    const shares = softmax(logits.subarray(row * classes, (row + 1) * classes));
    shares[y[row]!]! -= 1;
    deltas.set(shares, place * classes);
  }
  return { n: rows.length, inputs, width, deltas, classes };
}

/** Squared projections of the centered gradients on their top right singular vector, [n], from the one of the longest gradient; none is written out. */
function outlierScores(tf: Host['tf'], { n, inputs, width, deltas, classes }: LastLayer): Float64Array {
  let projections = centeredNorms(inputs, deltas, n);
  tf.tidy(() => {
    const rows = tf.tensor2d(inputs, [n, width]);
    const columns = tf.transpose(rows); // [width, n]
    for (let iteration = 0; iteration < iterations; iteration++) {
      const weighted = deltas.map((delta, at) => delta * projections[Math.floor(at / classes)]!);
      const direction = tf.matMul(columns, tf.tensor2d(weighted, [n, classes])); // [width, classes]
      const length = Math.sqrt(tf.sum(tf.square(direction)).dataSync()[0]!);
      if (!(length > 0)) break;
      const turned = tf.matMul(rows, direction).dataSync(); // [n, classes]
      projections = centeredList(Float64Array.from({ length: n }, (_, row) => rowDot(turned, deltas, row, classes) / length));
    }
  });
  return projections.map((projection) => projection * projection);
}

/** ||g|| less its mean: what the iteration begins with. */
function centeredNorms(inputs: Float32Array, deltas: Float32Array, n: number): Float64Array {
  const squares = (values: Float32Array, row: number) => rowDot(values, values, row, values.length / n);
  return centeredList(Float64Array.from({ length: n }, (_, row) => Math.sqrt(squares(inputs, row) * squares(deltas, row))));
}

function rowDot(a: ArrayLike<number>, b: ArrayLike<number>, row: number, width: number): number {
  let sum = 0;
  for (let at = row * width; at < (row + 1) * width; at++) sum += a[at]! * b[at]!;
  return sum;
}

function centeredList(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
