import type { Host, LabeledSet, Recipe, ShapeDefense } from '../../lib/contract/defense.ts';
import type { Rng } from '../random/rng.ts';
import { batchesOf } from './batches.ts';
import { NotFinite } from './finite.ts';
import { checkTargets } from './fit-options.ts';
import type { Network } from './network.ts';
import { type Memory, optimizerOf } from './optimizer.ts';
import type { Pass } from './pass.ts';
import { checkRows, pixelSource, pixelSquaresOf } from './rows.ts';
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
  /** Shares of the classes in place of labels, [n, classes]. */
  readonly targets?: Float32Array | undefined;
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

export type Run = {
  /** Takes that many more steps: in portions or at once, the bits are the same. */
  advance(steps: number): Promise<void>;
  /** Frees what it holds inside the engine. */
  end(): void;
};

/** A training run about to take its first step. The set's pixels are those of now. */
export function beginRun(plan: RunPlan): Run {
  const { network, recipe, train, rowWeights, targets, parameters, rates, draws, host, observe } = plan;
  const inputs = network.layers[0]!.inputs;
  const { classes } = train;
  checkRows(train, inputs, network.layers.at(-1)!.units);
  if (targets) checkTargets(train, targets);
  const kept = keptRows(train, rowWeights);
  const batches = batchesOf(recipe.sampling, kept.length, recipe.batchSize, draws.batches);
  const optimize = optimizerOf(recipe, network.size, plan.memory);
  const course = { network, parameters, optimize, shape: plan.shape ?? plain, expectedSize: recipe.batchSize, observe };
  const pixelSquares = pixelSquaresOf(train, inputs);
  const pixels = pixelSource(network.tf, train, inputs, recipe.batchSize);
  let index = 0;
  const advance = async (steps: number) => {
    for (const end = index + steps; index < end; index++) {
      const rows = taken(kept, batches(), Int32Array);
      const batch = {
        rows,
        pixels: pixels.take(rows),
        pixelSquares: () => pixelSquares(rows),
        scale: train.scale,
        labels: taken(train.y, rows, Int32Array),
        targets: targets ? rowsTaken(targets, rows, classes) : null,
        rowWeights: rowWeights ? taken(rowWeights, rows, Float32Array) : null,
      };
      await takeStep(course, batch, index, rates[index]!, draws.noise, host);
    }
  };
  return { advance, end: pixels.dispose };
}

/** The mean gradient, by the expected size: what an undefended step takes. */
export const plain: ShapeDefense['shape'] = (step) =>
  step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize);

/** The values at those places. Array.from would take ten times as long. */
function taken<T extends Int32Array | Float32Array>(values: T, places: Int32Array, Kind: new (length: number) => T): T {
  const picked = new Kind(places.length);
  for (let index = 0; index < places.length; index++) picked[index] = values[places[index]!]!;
  return picked;
}

/** Those rows of a matrix of that width. [places, width] */
function rowsTaken(values: Float32Array, places: Int32Array, width: number): Float32Array {
  const picked = new Float32Array(places.length * width);
  for (const [index, row] of places.entries())
    picked.set(values.subarray(row * width, (row + 1) * width), index * width);
  return picked;
}

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
