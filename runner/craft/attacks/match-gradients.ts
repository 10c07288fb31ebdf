import type { Draws } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';
import { addOuter, dot, predict, readRow, rowBuffer, type Surrogate } from './surrogate.ts';

const iterations = 100;
const momentum = 0.9;

/** The step as a share of ε: the paper's tenth, cut by ten after three, five and seven eighths of the iterations. */
const stepAt = (iteration: number) => {
  const eighths = (8 * iteration) / iterations;
  return eighths < 3 ? 0.1 : eighths < 5 ? 0.01 : eighths < 7 ? 0.001 : 0.0001;
};

/**
 * Pixels for these rows, each at most epsilon / scale from its own, such that the sum of the rows' gradients points
 * where the gradient of one row under its wished label does: what training on them does to a model is then what
 * training on that row would do. The gradients are those of a softmax regression, by its weights. Minimises 1 − cos by
 * signed steps with momentum from a random start: Geiping et al. 2021, https://arxiv.org/abs/2009.02276.
 */
export function matchGradients(
  rows: LabeledSet,
  wished: LabeledSet,
  weights: Surrogate,
  epsilon: number,
  rng: Draws,
): Uint8Array {
  const size = rowSize(rows);
  const bound = epsilon / rows.scale;
  const goal = gradientSum(wished, weights);
  const length = Math.sqrt(dot(goal, 0, goal));
  const start = Float64Array.from(rows.x, (value) => value / rows.scale);
  const moved = start.map(() => bound * (2 * rng.uniform() - 1)); // [k, ...shape]
  const velocity = new Float64Array(moved.length);
  let decay = 1;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const slopes = slopesOf(rows, start, moved, weights, goal, length);
    decay *= momentum;
    const step = (bound * stepAt(iteration)) / (1 - decay);
    for (let at = 0; at < moved.length; at++) {
      velocity[at] = momentum * velocity[at]! + (1 - momentum) * Math.sign(slopes[at]!);
      moved[at] = Math.max(-bound, Math.min(bound, moved[at]! - step * velocity[at]!));
    }
  }
  return Uint8Array.from({ length: rows.n * size }, (_, at) =>
    Math.floor(rows.scale * within(start[at]! + moved[at]!) + 0.5),
  );
}

const within = (value: number) => Math.max(0, Math.min(1, value));

/** The sum of the rows' gradients, laid out as the weights are. */
export function gradientSum(rows: LabeledSet, weights: Surrogate): Float64Array {
  const x = rowBuffer(rows);
  const delta = new Float64Array(rows.classes);
  const sum = new Float64Array(weights.length);
  for (let row = 0; row < rows.n; row++) {
    readRow(rows, row, x);
    predict(x, weights, delta);
    delta[rows.y[row]!]! -= 1;
    addOuter(delta, x, sum);
  }
  return sum;
}

/** The slope of 1 − cos between the rows' gradients and the goal, by each pixel; 0 where black or white stops it. */
function slopesOf(
  rows: LabeledSet,
  start: Float64Array,
  moved: Float64Array,
  weights: Surrogate,
  goal: Float64Array,
  length: number,
): Float64Array {
  const { n, classes } = rows;
  const size = rowSize(rows);
  const x = rowBuffer(rows);
  const read = (row: number) => {
    for (let i = 0, at = row * size; i < size; i++, at++) x[i] = within(start[at]! + moved[at]!);
    x[size] = 1;
  };
  const deltas = Array.from({ length: n }, () => new Float64Array(classes)); // p − e
  const sum = new Float64Array(weights.length);
  for (let row = 0; row < n; row++) {
    const delta = deltas[row]!;
    read(row);
    predict(x, weights, delta);
    delta[rows.y[row]!]! -= 1;
    addOuter(delta, x, sum);
  }
  const squares = dot(sum, 0, sum);
  const own = Math.sqrt(squares);
  const cosine = dot(sum, 0, goal) / (own * length);
  const towards = sum.map((value, i) => (cosine * value) / squares - goal[i]! / (own * length)); // of 1 − cos by the sum
  const slopes = new Float64Array(n * size);
  const pulls = new Float64Array(classes);
  for (let row = 0; row < n; row++) {
    const delta = deltas[row]!;
    const p = (c: number) => delta[c]! + (c === rows.y[row] ? 1 : 0);
    read(row);
    let mean = 0;
    for (let c = 0; c < classes; c++) {
      pulls[c] = dot(towards, c * x.length, x);
      mean += p(c) * pulls[c]!;
    }
    for (let c = 0; c < classes; c++) {
      const [direct, throughP] = [delta[c]!, p(c) * (pulls[c]! - mean)];
      for (let i = 0, at = row * size, from = c * x.length; i < size; i++, at++, from++)
        slopes[at] = slopes[at]! + direct * towards[from]! + throughP * weights[from]!;
    }
    for (let i = 0, at = row * size; i < size; i++, at++) {
      const value = start[at]! + moved[at]!;
      if (value < 0 || value > 1) slopes[at] = 0;
    }
  }
  return slopes;
}
