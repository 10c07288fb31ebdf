import type { Draws } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';
import { softmax } from './softmax.ts';

const epochs = 2;
const batchSize = 256;
const rate = 0.1;
const momentum = 0.9;

/** Weights of the attacker's own model, class by class, each with its bias, padded with zeros. */
export type Surrogate = Float64Array; // [classes, padded(size + 1)]

/**
 * The attacker's own model: multinomial logistic regression fitted to the clean rows. SGD with momentum, shuffled
 * batches, a rate that falls linearly to 0. Uses + − × ÷ in double precision and nothing else, no engine and no
 * library: a published suite must come out the same on every machine and after every change of the training engine.
 */
export async function fitSurrogate(clean: LabeledSet, rng: Draws): Promise<Surrogate> {
  const { n, classes, y } = clean;
  const x = rowBuffer(clean);
  const weights = new Float64Array(classes * x.length); // [classes, x.length]
  const velocity = new Float64Array(weights.length);
  const gradient = new Float64Array(weights.length);
  const delta = new Float64Array(classes);
  const steps = epochs * Math.ceil(n / batchSize);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = rng.fork(`epoch ${epoch}`).shuffle(Int32Array.from({ length: n }, (_, row) => row));
    for (let from = 0; from < n; from += batchSize, step++) {
      const batch = order.subarray(from, from + batchSize);
      gradient.fill(0);
      for (const row of batch) {
        readRow(clean, row, x);
        predict(x, weights, delta);
        delta[y[row]!]! -= 1;
        addOuter(delta, x, gradient);
      }
      const eta = rate * (1 - step / steps);
      for (let i = 0; i < weights.length; i++) {
        velocity[i] = momentum * velocity[i]! + gradient[i]! / batch.length;
        weights[i]! -= eta * velocity[i]!;
      }
    }
    await new Promise(setImmediate); // lets a signal through
  }
  return weights;
}

/** The class probabilities that it gives these rows. */
export function probabilitiesOf(set: LabeledSet, weights: Surrogate): Float64Array {
  const { n, classes } = set;
  const x = rowBuffer(set);
  const probabilities = new Float64Array(n * classes);
  for (let row = 0; row < n; row++) {
    readRow(set, row, x);
    predict(x, weights, probabilities.subarray(row * classes, (row + 1) * classes));
  }
  return probabilities; // [n, classes]
}

/** The gradient of each row's loss by its pixels, in 1 / scale. */
export function lossGradient(set: LabeledSet, weights: Surrogate): Float64Array {
  const size = rowSize(set);
  const x = rowBuffer(set);
  const delta = new Float64Array(set.classes);
  const gradient = new Float64Array(set.n * size);
  for (let row = 0; row < set.n; row++) {
    readRow(set, row, x);
    predict(x, weights, delta);
    delta[set.y[row]!]! -= 1;
    for (let c = 0; c < delta.length; c++)
      for (let i = 0; i < size; i++) gradient[row * size + i]! += delta[c]! * weights[c * x.length + i]!;
  }
  return gradient; // [n, ...shape]
}

/** For one row: its pixels, a 1 for the bias, zeros. */
export const rowBuffer = (set: LabeledSet) => new Float64Array(4 * Math.ceil((rowSize(set) + 1) / 4));

export function readRow(set: LabeledSet, row: number, x: Float64Array): void {
  const size = rowSize(set);
  for (let i = 0, at = row * size; i < size; i++, at++) x[i] = set.x[at]! / set.scale;
  x[size] = 1;
}

/** Writes softmax(Wx + b). */
export function predict(x: Float64Array, weights: Float64Array, out: Float64Array): void {
  for (let c = 0; c < out.length; c++) out[c] = dot(weights, c * x.length, x);
  softmax(out);
}

/** <a[from …], b>, in four sums that the processor can run side by side; b's length is a multiple of 4. */
export function dot(a: Float64Array, from: number, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0, j = from; i < b.length; i += 4, j += 4) {
    s0 += a[j]! * b[i]!;
    s1 += a[j + 1]! * b[i + 1]!;
    s2 += a[j + 2]! * b[i + 2]!;
    s3 += a[j + 3]! * b[i + 3]!;
  }
  return s0 + s1 + (s2 + s3);
}

/** gradient += delta ⊗ x. */
export function addOuter(delta: Float64Array, x: Float64Array, gradient: Float64Array): void {
  const n = x.length;
  for (let c = 0; c < delta.length; c++) {
    const factor = delta[c]!;
    const own = gradient.subarray(c * n, c * n + n);
    for (let i = 0; i < n; i += 4) {
      own[i] = own[i]! + factor * x[i]!;
      own[i + 1] = own[i + 1]! + factor * x[i + 1]!;
      own[i + 2] = own[i + 2]! + factor * x[i + 2]!;
      own[i + 3] = own[i + 3]! + factor * x[i + 3]!;
    }
  }
}
