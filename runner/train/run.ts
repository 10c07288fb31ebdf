import type { Host, LabeledSet, Recipe, ShapeDefense } from '../../lib/contract/defense.ts';
import type { Rng } from '../random/rng.ts';
import { batchesOf } from './batches.ts';
import { NotFinite } from './finite.ts';
import type { Network } from './network.ts';
import { type Memory, optimizerOf } from './optimizer.ts';
import type { Pass } from './pass.ts';
import { checkRows, pixelSquaresOf, pixelsOf } from './rows.ts';
import { takeStep } from './take-step.ts';

export type RunPlan = {
  readonly network: Network;
  readonly recipe: Recipe;
  readonly train: LabeledSet;
  /**
   * In [0, 1], [n]. Rows of weight 0 leave before batching: the expected size stays, the sampling rate becomes expected
   * size / rows left.
   */
  readonly rowWeights?: Float32Array | undefined;
  /** Without it the step's gradient is Σ w_i g_i / expected size. */
  readonly shape?: ShapeDefense['shape'] | undefined;
  /** Moved in place. */
  readonly parameters: Float32Array;
  /** Of the optimizer, moved in place; fresh where there is none. */
  readonly memory?: Memory;
  /** By step; as many as will be taken. */
  readonly rates: Float64Array;
  readonly draws: { readonly batches: Rng; readonly noise: Rng };
  readonly host: Host;
  readonly observe?: ((pass: Pass) => void) | undefined;
};

/**
 * A training run about to take its first step. Calling it takes that many more: in portions or at once, the bits are
 * the same.
 */
export function beginRun(plan: RunPlan): (steps: number) => Promise<void> {
  const { network, recipe, train, rowWeights, parameters, rates, draws, host, observe } = plan;
  const inputs = network.layers[0]!.inputs;
  checkRows(train, inputs, network.layers.at(-1)!.units);
  const kept = keptRows(train, rowWeights);
  const batches = batchesOf(recipe.sampling, kept.length, recipe.batchSize, draws.batches);
  const optimize = optimizerOf(recipe, network.size, plan.memory);
  const course = { network, parameters, optimize, shape: plan.shape ?? plain, expectedSize: recipe.batchSize, observe };
  const pixelSquares = pixelSquaresOf(train, inputs);
  const buffer = new Float32Array(Math.min(2 * recipe.batchSize, train.n) * inputs);
  let index = 0;
  return async (steps) => {
    for (const end = index + steps; index < end; index++) {
      const rows = batches().map((place) => kept[place]!);
      const batch = {
        rows,
        pixels: pixelsOf(network.tf, train, rows, inputs, buffer),
        pixelSquares: () => pixelSquares(rows),
        scale: train.scale,
        labels: Int32Array.from(rows, (row) => train.y[row]!),
        rowWeights: rowWeights ? Float32Array.from(rows, (row) => rowWeights[row]!) : null,
      };
      await takeStep(course, batch, index, rates[index]!, draws.noise, host);
    }
  };
}

/** The mean gradient, by the expected size: what an undefended step takes. */
export const plain: ShapeDefense['shape'] = (step) =>
  step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize);

function keptRows({ n }: LabeledSet, weights: Float32Array | undefined): Int32Array {
  const all = Int32Array.from({ length: n }, (_, row) => row);
  if (!weights) return all;
  if (weights.length !== n) throw new RangeError(`fit: ${weights.length} row weights, want ${n}`);
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight <= 1));
  if (wrong >= 0) {
    if (!Number.isFinite(weights[wrong])) throw new NotFinite(`fit: the weight of row ${wrong} is ${weights[wrong]}`);
    throw new RangeError(`fit: the weight of row ${wrong} is ${weights[wrong]}, want 0 … 1`);
  }
  return all.filter((row) => weights[row]! > 0);
}
