import type { LabeledSet, ModelCard, Weights } from '../../../lib/contract/defense.ts';
import { rowSize, takeRows } from '../../datasets/rows.ts';
import type { Rng } from '../../random/rng.ts';
import { Matrix } from '../../train/matrix.ts';
import { flatten, forward, type Network, networkOf } from '../../train/network.ts';
import type { Tf } from '../../train/tf.ts';

const iterations = 2000;
const tolerance = 1e-10;
const shrink = 0.6;
/** Of the first forward step, in pixels over scale. */
const firstStep = 0.1;
const smallestStep = 1e-8;

/** `target` is one row. */
type Given = { train: LabeledSet; target: LabeledSet; wanted: number; count: number; rng: Rng };

export type CleanLabelPoison = {
  /** Sorted by perturbation, the smallest first, under the labels of their bases. */
  readonly poison: LabeledSet;
  /** ‖poison − base‖ in pixels over scale, in the same order. */
  readonly perturbations: readonly number[];
};

/**
 * Clean-label poison for one target, crafted against the weights of the very model that will be trained on. Images of
 * the wanted class are moved so that their features lie on the target's. A forward step is p ← p − λ∇‖f(p) − f(t)‖. A
 * backward step is p ← (p + λβb)/(1 + λβ), clipped to what a pixel can be, with β = .2·(d_feat/d_in)². Where the
 * objective stalls, λ shrinks by .6, for each poison on its own. The bases are the one whose features are nearest, then
 * random ones. f is the last hidden layer, for `lr` the logits. Shafahi et al. 2018, https://arxiv.org/abs/1804.00792
 */
export function cleanLabelPoison(tf: Tf, model: ModelCard, weights: Weights, given: Given): CleanLabelPoison {
  const { train, target, count } = given;
  const network = networkOf(tf, model);
  const parameters = flatten(model, weights);
  const size = rowSize(train);
  const goal = featuresOf(network, parameters, unit(target)); // [1, d]
  const bases = basesOf(network, parameters, goal, given);
  const b = unit(bases); // [count, size]
  const beta = 0.2 * (goal.length / size) ** 2;
  const best = b.slice();
  const steps = new Float64Array(count).fill(firstStep);
  const { distances, slopes: down } = towards(network, parameters, best, goal);
  const objectives = distances.map((distance) => distance * distance);
  for (let iteration = 0; iteration < iterations && steps.some((step) => step > 0); iteration++) {
    const tried = best.slice();
    for (let row = 0; row < count; row++) {
      const step = steps[row]!;
      for (let at = row * size; step > 0 && at < (row + 1) * size; at++)
        tried[at] = Math.min(1, Math.max(0, (best[at]! - step * down[at]! + step * beta * b[at]!) / (1 + step * beta)));
    }
    const { distances: reached, slopes } = towards(network, parameters, tried, goal);
    for (let row = 0; row < count; row++) {
      if (steps[row] === 0) continue;
      const [start, end] = [row * size, (row + 1) * size];
      const objective = reached[row]! ** 2 + beta * squareBetween(tried.subarray(start, end), b.subarray(start, end));
      const gain = (objectives[row]! - objective) / objectives[row]!;
      if (gain > 0) {
        objectives[row] = objective;
        best.set(tried.subarray(start, end), start);
        down.set(slopes.subarray(start, end), start);
      }
      if (gain <= 0) steps[row]! *= shrink;
      if (steps[row]! < smallestStep || (gain > 0 && gain < tolerance)) steps[row] = 0;
    }
  }
  return byPerturbation(bases, best, b);
}

const unit = ({ x, scale }: LabeledSet) => Float32Array.from(x, (value) => value / scale);

function squareBetween(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at]! - b[at]!) ** 2;
  return sum;
}

/** How many layers lie before the features: all but the last one, for a single layer that one. */
const depthOf = ({ layers }: Network) => Math.max(1, layers.length - 1);

function pass(
  network: Network,
  parameters: Float32Array,
  p: Float32Array,
): { inputs: Matrix[]; features: Float32Array } {
  const size = network.layers[0]!.inputs;
  const { inputs, logits } = forward(network, parameters, new Matrix(network.tf, p, p.length / size, size), 1);
  return { inputs, features: inputs[depthOf(network)]?.values ?? logits };
}

function featuresOf(network: Network, parameters: Float32Array, p: Float32Array): Float32Array {
  const { inputs, features } = pass(network, parameters, p);
  for (const input of inputs) input.dispose();
  return features;
}

/** ‖f(p_i) − goal‖, and its gradient with respect to p_i. */
function towards(
  network: Network,
  parameters: Float32Array,
  p: Float32Array,
  goal: Float32Array,
): { distances: Float64Array; slopes: Float32Array } {
  const { inputs, features } = pass(network, parameters, p);
  const n = features.length / goal.length;
  const distances = new Float64Array(n);
  let deltas: Float32Array = features.map((value, at) => value - goal[at % goal.length]!); // [n, d]
  for (let row = 0; row < n; row++) {
    const own = deltas.subarray(row * goal.length, (row + 1) * goal.length);
    distances[row] = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
    for (let at = 0; at < own.length; at++) own[at]! /= distances[row]! || 1;
  }
  for (let index = depthOf(network) - 1; index >= 0; index--) {
    const layer = network.layers[index]!;
    if (layer.relu) deltas = deltas.map((delta, at) => (inputs[index + 1]!.values[at]! > 0 ? delta : 0));
    const above = new Matrix(network.tf, deltas, n, layer.outputs);
    const below = layer.backward(above, inputs[index]!, parameters); // [n, inputs]
    deltas = below.values;
    for (const matrix of [above, below]) matrix.dispose();
  }
  for (const input of inputs) input.dispose();
  return { distances, slopes: deltas };
}

/** Rows of the wanted class: first the one whose features are nearest to the goal, then random others. */
function basesOf(
  network: Network,
  parameters: Float32Array,
  goal: Float32Array,
  { train, wanted, count, rng }: Given,
): LabeledSet {
  const rows = [...train.y.keys()].filter((row) => train.y[row] === wanted);
  if (rows.length < count)
    throw new RangeError(`cleanLabelPoison: count=${count}, class ${wanted} has ${rows.length} rows`);
  const features = featuresOf(network, parameters, unit(takeRows(train, rows)));
  const d = goal.length;
  const distances = rows.map((_, place) => squareBetween(features.subarray(place * d, (place + 1) * d), goal));
  const nearest = distances.indexOf(Math.min(...distances));
  const others = rng.sample(rows.length, count).filter((place) => place !== nearest);
  return takeRows(
    train,
    [nearest, ...others].slice(0, count).map((place) => rows[place]!),
  );
}

function byPerturbation(bases: LabeledSet, p: Float32Array, b: Float32Array): CleanLabelPoison {
  const size = rowSize(bases);
  const far = Array.from({ length: bases.n }, (_, row) =>
    Math.sqrt(squareBetween(p.subarray(row * size, (row + 1) * size), b.subarray(row * size, (row + 1) * size))),
  );
  const order = [...far.keys()].sort((a, c) => far[a]! - far[c]! || a - c);
  const x = Uint8Array.from(p, (value) => Math.round(value * bases.scale));
  return { poison: takeRows({ ...bases, x }, order), perturbations: order.map((row) => far[row]!) };
}
