import type { LabeledSet, ModelCard, Weights } from '../../lib/contract/defense.ts';
import { Matrix } from '../train/matrix.ts';
import { flatten, type Network, networkOf } from '../train/network.ts';
import { disposePass, type Pass, passOf } from '../train/pass.ts';
import { pixelSquaresOf, pixelsOf } from '../train/rows.ts';
import type { Tf } from '../train/tf.ts';

/** ‖poison gradient‖ / ‖clean gradient‖, and the cosine of the angle between the two. */
export type GradientArtifact = { readonly ratio: number; readonly cosine: number };

type IsPoison = (row: number) => boolean;

/**
 * The gradient artifacts of poison (Hong et al. 2020, https://arxiv.org/abs/2002.11497): of each batch before its
 * update, the gradient of the mean loss on its poison rows and on its clean rows, over the last layer's kernel alone,
 * averaged over the batches that have such rows; then the two averages compared. Trusted code only: it knows which rows
 * are poison.
 */
export class ArtifactMeter {
  readonly #network: Network;
  readonly #isPoison: IsPoison;
  #poison: Sum;
  #clean: Sum;

  constructor(network: Network, isPoison: IsPoison) {
    this.#network = network;
    this.#isPoison = isPoison;
    this.#poison = emptySum(network);
    this.#clean = emptySum(network);
  }

  /** Takes a batch in. */
  readonly observe = (pass: Pass): void => {
    const { poison, clean } = lastLayerSums(this.#network, pass, this.#isPoison);
    this.#poison = plus(this.#poison, mean(poison));
    this.#clean = plus(this.#clean, mean(clean));
  };

  /**
   * Of the batches since it was last asked; null where none had poison rows, or none clean ones, or a gradient is zero.
   */
  take(): GradientArtifact | null {
    const artifact = compared(this.#poison, this.#clean);
    this.#poison = emptySum(this.#network);
    this.#clean = emptySum(this.#network);
    return artifact;
  }
}

const chunk = 1000;

/**
 * The same for a defense that hands back its weights after each epoch: at each of those weights the mean gradients of
 * all poison and of all clean rows, one artifact per epoch. The weights stand still while the rows go by, so that it is
 * an epoch's end that is measured, not its course.
 */
export function artifactsOf(
  tf: Tf,
  model: ModelCard,
  epochs: readonly Weights[],
  train: LabeledSet,
  isPoison: IsPoison,
): (GradientArtifact | null)[] {
  const network = networkOf(tf, model);
  const inputs = network.layers[0]!.inputs;
  const squares = pixelSquaresOf(train, inputs);
  return epochs.map((weights) => {
    const parameters = flatten(model, weights);
    let [poison, clean] = [emptySum(network), emptySum(network)];
    for (let start = 0; start < train.n; start += chunk) {
      const rows = Int32Array.from({ length: Math.min(chunk, train.n - start) }, (_, index) => start + index);
      const labels = train.y.slice(start, start + rows.length);
      const pixels = pixelsOf(tf, train, rows, inputs);
      const pass = passOf(network, parameters, {
        rows,
        pixels,
        pixelSquares: () => squares(rows),
        scale: train.scale,
        labels,
        targets: null,
        rowWeights: null,
      });
      const sums = lastLayerSums(network, pass, isPoison);
      disposePass(pass);
      [poison, clean] = [plus(poison, sums.poison), plus(clean, sums.clean)];
    }
    return compared(poison, clean);
  });
}

/** A sum of that many vectors. */
type Sum = { readonly values: Float64Array; readonly count: number };

const emptySum = ({ layers }: Network): Sum => ({
  values: new Float64Array(layers.at(-1)!.inputs * layers.at(-1)!.units),
  count: 0,
});
const plus = (a: Sum, b: Sum): Sum =>
  b.count === 0 ? a : { values: a.values.map((value, at) => value + b.values[at]!), count: a.count + b.count };
const mean = ({ values, count }: Sum): Sum =>
  count === 0 ? { values, count } : { values: values.map((value) => value / count), count: 1 };

/** Σ g_i over the last layer's kernel, of the poison rows and of the others, by one product. */
function lastLayerSums(
  { layers, tf, products }: Network,
  { inputs, deltas, batch }: Pass,
  isPoison: IsPoison,
): { poison: Sum; clean: Sum } {
  const { units } = layers.at(-1)!;
  const given = deltas.at(-1)!.values; // [n, units]
  const n = batch.rows.length;
  const sides = new Float32Array(n * 2 * units); // [n, 2 · units]: poison's deltas, then those of clean rows
  let poisoned = 0;
  for (let row = 0; row < n; row++) {
    const poison = isPoison(batch.rows[row]!);
    if (poison) poisoned++;
    sides.set(given.subarray(row * units, (row + 1) * units), (2 * row + (poison ? 0 : 1)) * units);
  }
  const right = new Matrix(tf, sides, n, 2 * units);
  const both = products.turnedLeft(inputs.at(-1)!, right); // [inputs, 2 · units]
  right.dispose();
  const scale = layers.length === 1 ? batch.scale : 1;
  const side = (first: number) =>
    Float64Array.from(
      { length: both.length / 2 },
      (_, at) => both[Math.floor(at / units) * 2 * units + first + (at % units)]! / scale,
    );
  return { poison: { values: side(0), count: poisoned }, clean: { values: side(units), count: n - poisoned } };
}

function compared(poison: Sum, clean: Sum): GradientArtifact | null {
  const dot = (a: Sum, b: Sum) =>
    a.values.reduce((sum, value, at) => sum + value * b.values[at]!, 0) / (a.count * b.count);
  const [long, short] = [Math.sqrt(dot(poison, poison)), Math.sqrt(dot(clean, clean))];
  return long > 0 && short > 0 ? { ratio: long / short, cosine: dot(poison, clean) / (long * short) } : null;
}
