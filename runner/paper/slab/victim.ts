import type { Rng } from '../../random/rng.ts';
import { exponential } from '../../train/exponential.ts';
import type { SlabPoint, Vector } from './feasible.ts';
import { type Rows, squareOf } from './rows-of-set.ts';

/** Of the source's recipe for 3/4. */
const [rate, beta1, beta2, epsilon] = [0.01, 0.9, 0.999, 1e-8];
/** Fewer than the victim's own: what the best epoch is, is settled early. */
const epochs = 6;

/** What the search trains: clean rows, the rows that it is judged by, and the batch size. */
export type Ground = { readonly train: Rows; readonly judge: Rows; readonly batchSize: number };
export type Victim = { readonly accuracy: number; readonly weights: Vector };

/**
 * Two-class logistic regression by Adam, with per-example clipping to C. It is plain double arithmetic, and the same on
 * every machine. It is fast because all copies of a poison point in a batch are one row. It is the study's `lr`, except
 * that its initial weights are 0. The two outputs then mirror each other, so one vector of their difference, which
 * moves twice as far, says it all. Accuracy is that of the best epoch; training stops once it reaches `enough`.
 */
export function trainVictim(
  { train, judge, batchSize }: Ground,
  points: readonly SlabPoint[],
  { scale, clipNorm, enough, rng }: { scale: number; clipNorm: number; enough: number; rng: Rng },
): Victim {
  const size = train.x.length / train.n;
  const poison = points.map(({ x, label }) => {
    const pixels = Float32Array.from(x, (value) => value / scale);
    return { pixels, label, square: squareOf(pixels) };
  });
  const ends = points.map((_, index) => points.slice(0, index + 1).reduce((sum, { copies }) => sum + copies, train.n));
  const order = Int32Array.from({ length: ends.at(-1) ?? train.n }, (_, row) => row);
  const weights = new Float64Array(size + 1); // the last one is the bias
  const [gradient, first, second] = [
    new Float64Array(size + 1),
    new Float64Array(size + 1),
    new Float64Array(size + 1),
  ];
  const slope = (z: number, label: number, square: number) => {
    const wrong = sigmoid(z) - label;
    return wrong * Math.min(1, clipNorm / (Math.abs(wrong) * Math.sqrt(2 * (square + 1)) + 1e-30));
  };
  let [best, power1, power2] = [0, 1, 1];
  for (let epoch = 0; epoch < epochs && best < enough; epoch++) {
    rng.shuffle(order);
    for (let start = 0; start + batchSize <= order.length; start += batchSize) {
      gradient.fill(0);
      const counts = poison.map(() => 0);
      for (let at = start; at < start + batchSize; at++) {
        const row = order[at]!;
        if (row >= train.n) counts[ends.findIndex((end) => row < end)]!++;
        else
          add(
            gradient,
            train.x,
            row * size,
            slope(product(weights, train.x, row * size), train.y[row]!, train.squares[row]!),
          );
      }
      for (const [index, { pixels, label, square }] of poison.entries())
        if (counts[index]! > 0)
          add(gradient, pixels, 0, counts[index]! * slope(product(weights, pixels, 0), label, square));
      power1 *= beta1;
      power2 *= beta2;
      const step = (2 * rate * Math.sqrt(1 - power2)) / (1 - power1);
      for (let at = 0; at <= size; at++) {
        const g = gradient[at]! / batchSize;
        first[at] = beta1 * first[at]! + (1 - beta1) * g;
        second[at] = beta2 * second[at]! + (1 - beta2) * g * g;
        weights[at]! -= (step * first[at]!) / (Math.sqrt(second[at]!) + epsilon);
      }
    }
    let right = 0;
    for (let row = 0; row < judge.n; row++)
      if (product(weights, judge.x, row * size) > 0 === (judge.y[row] === 1)) right++;
    best = Math.max(best, right / judge.n);
  }
  return { accuracy: best, weights: weights.subarray(0, size) };
}

const sigmoid = (z: number) => (z < 0 ? exponential(z) / (1 + exponential(z)) : 1 / (1 + exponential(-z)));

/** ⟨row, weights⟩ + bias, in four sums that the processor can run side by side; a row's length is a multiple of 4. */
function product(weights: Float64Array, x: Float32Array, from: number): number {
  const size = weights.length - 1;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0, cell = from; at < size; at += 4, cell += 4) {
    a += weights[at]! * x[cell]!;
    b += weights[at + 1]! * x[cell + 1]!;
    c += weights[at + 2]! * x[cell + 2]!;
    d += weights[at + 3]! * x[cell + 3]!;
  }
  return a + b + (c + d) + weights[size]!;
}

/** gradient += factor · (row, 1) */
function add(gradient: Float64Array, x: Float32Array, from: number, factor: number): void {
  const size = gradient.length - 1;
  for (let at = 0, cell = from; at < size; at += 4, cell += 4) {
    gradient[at] = gradient[at]! + factor * x[cell]!;
    gradient[at + 1] = gradient[at + 1]! + factor * x[cell + 1]!;
    gradient[at + 2] = gradient[at + 2]! + factor * x[cell + 2]!;
    gradient[at + 3] = gradient[at + 3]! + factor * x[cell + 3]!;
  }
  gradient[size]! += factor;
}
