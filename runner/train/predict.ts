import type { LabeledSet, ModelCard, Weights } from '../../lib/contract/defense.ts';
import { flatten, forward, type Network, networkOf } from './network.ts';
import { pixelsOf } from './rows.ts';
import type { Tf } from './tf.ts';

/**
 * Rows at a time: a thousand, but fewer where a layer makes so much of a row that they would not fit into some 64 MiB.
 */
const chunkOf = ({ layers }: Network) =>
  Math.min(1000, Math.max(1, Math.floor(2 ** 24 / Math.max(...layers.map(({ inputs }) => inputs)))));

/** The model's logits, [n, classes]. Throws RangeError for weights that are not the model's. */
export const logitsOf = (tf: Tf, model: ModelCard, weights: Weights, rows: LabeledSet): Float32Array =>
  inChunks(tf, model, weights, rows, model.weights.at(-1)!.shape[0]!, ({ logits }) => logits);

/** The last hidden layer's output, [n, d]; for a model without one the input, x / scale. */
export const featuresOf = (tf: Tf, model: ModelCard, weights: Weights, rows: LabeledSet): Float32Array => {
  const width = model.weights.at(-2)!.shape[0]!;
  if (model.layers.length > 1) return inChunks(tf, model, weights, rows, width, ({ inputs }) => inputs.at(-1)!.values);
  flatten(model, weights); // what it takes as weights is the same for every model
  checkLength(rows, width);
  const shares = Float32Array.from({ length: 256 }, (_, value) => value / rows.scale);
  const features = new Float32Array(rows.x.length);
  for (let index = 0; index < features.length; index++) features[index] = shares[rows.x[index]!]!;
  return features;
};

function checkLength({ x, n }: LabeledSet, inputs: number): void {
  if (x.length !== n * inputs) throw new RangeError(`rows: x has ${x.length} values, want n=${n} rows of ${inputs}`);
}

type Forward = ReturnType<typeof forward>;

function inChunks(
  tf: Tf,
  model: ModelCard,
  weights: Weights,
  rows: LabeledSet,
  width: number,
  pick: (made: Forward) => Float32Array,
): Float32Array {
  const network = networkOf(tf, model);
  const parameters = flatten(model, weights);
  const inputs = network.layers[0]!.inputs;
  checkLength(rows, inputs);
  const all = new Float32Array(rows.n * width);
  const chunk = chunkOf(network);
  for (let start = 0; start < rows.n; start += chunk) {
    const places = Int32Array.from({ length: Math.min(chunk, rows.n - start) }, (_, index) => start + index);
    const made = forward(network, parameters, pixelsOf(tf, rows, places, inputs), rows.scale);
    all.set(pick(made), start * width);
    for (const input of made.inputs) input.dispose();
  }
  return all;
}
