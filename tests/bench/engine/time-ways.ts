import { resolve } from 'node:path';
import { denseLayers } from '../../../lib/catalog/models/dense.ts';
import type { GradientStep, ModelCard, ShapeDefense } from '../../../lib/contract/defense.ts';
import type { UsualBackend } from '../../../lib/contract/ids.ts';
import type { Engine } from '../../../lib/contract/result.ts';
import dpSgd from '../../../runner/defenses/modules/dp-sgd.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { FlatGradient } from '../../../runner/train/gradient.ts';
import { initialParameters } from '../../../runner/train/initial.ts';
import { cardOf } from '../../../runner/train/models/card.ts';
import { modelCard } from '../../../runner/train/models/index.ts';
import { networkOf } from '../../../runner/train/network.ts';
import { optimizerOf } from '../../../runner/train/optimizer.ts';
import { pixelSource, pixelSquaresOf } from '../../../runner/train/rows.ts';
import { plain } from '../../../runner/train/run.ts';
import { takeStep } from '../../../runner/train/take-step.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';

/** Ways to take a step. naive: one pass for each example, what the ghost form replaces. */
const ways = ['plain', 'clip', 'dp', 'naive'] as const;
type Way = (typeof ways)[number];

/** Steps per second of processor time, of one engine and shape: [best, median]. */
export type BenchRow = {
  engine: Engine;
  model: string;
  batch: number;
  steps: Record<Way, [best: number, median: number]>;
};

const recipeOf = (batchSize: number): ModelCard['recipe'] => ({
  id: 'bench',
  optimizer: 'sgd',
  momentum: 0.9,
  learningRate: 0.01,
  schedule: 'constant',
  weightDecay: 0,
  sampling: 'shuffle',
  batchSize,
  steps: 1,
});

/**
 * 784-10 and 784-256-10, the shapes that others publish (the second is no model of the registry), and the registry's
 * network of convolutions.
 */
const benchModels: readonly ModelCard[] = [
  cardOf('lr', denseLayers([], 10), [784], recipeOf(256)),
  cardOf('mlp', denseLayers([256], 10), [784], recipeOf(256)),
  modelCard('cnn', [28, 28, 1], 10, recipeOf(64)),
];

const clip: ShapeDefense['shape'] = (step: GradientStep) =>
  step.sum(step.norms().map((norm) => Math.min(1, 1 / norm))).times(1 / step.expectedSize);

/**
 * Whole steps, from uint8 rows to moved weights, on one fixed batch of noise. The ways take turns for that many seconds
 * each, so that a busy machine slows all of them; only their ratios carry over to other machines.
 */
export async function benchEngine(backend: UsualBackend, seconds: number): Promise<BenchRow[]> {
  const { tf, engine } = await openEngine(backend, {
    wasm: resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out'),
  });
  const rows: BenchRow[] = [];
  for (const model of benchModels)
    rows.push({ engine, model: model.id, batch: model.recipe.batchSize, steps: await timeWays(tf, model, seconds) });
  return rows;
}

async function timeWays(tf: Tf, model: ModelCard, seconds: number): Promise<BenchRow['steps']> {
  const rng = rootOf('bench');
  const { shape: rowShape, recipe } = model;
  const { batchSize } = recipe;
  const train = {
    n: batchSize,
    shape: rowShape,
    classes: 10,
    scale: 255,
    x: rng.bytes(batchSize * 784),
    y: Int32Array.from({ length: batchSize }, (_, row) => row % 10),
  };
  const network = networkOf(tf, model);
  const parameters = initialParameters(network, rng);
  const optimize = optimizerOf(recipe, network.size);
  const squares = pixelSquaresOf(train, 784);
  const places = Int32Array.from(train.y, (_, row) => row);
  const streams = { init: rng.hex, batches: rng.hex, noise: rng.hex, random: rng.hex };
  const host = createTrainer({ tf, model, streams });
  const pixels = pixelSource(tf, train, 784, batchSize);
  const step = (rows: Int32Array, shape: ShapeDefense['shape']) => {
    const labels = Int32Array.from(rows, (row) => train.y[row]!);
    const batch = {
      rows,
      pixels: pixels.take(rows),
      pixelSquares: () => squares(rows),
      scale: 255,
      labels,
      targets: null,
      rowWeights: null,
    };
    return takeStep(
      { network, parameters, optimize, shape, expectedSize: batchSize },
      batch,
      0,
      recipe.learningRate,
      rng,
      host,
    );
  };
  const naive = async () => {
    const sum = new Float32Array(network.size);
    const keep: ShapeDefense['shape'] = (one) => {
      const gradient = one.sum(Float32Array.of(1));
      const weight = Math.min(1, 1 / gradient.norm());
      const { values } = FlatGradient.wholeOf(gradient)!;
      for (let index = 0; index < sum.length; index++) sum[index]! += weight * values[index]!;
      return FlatGradient.zero;
    };
    for (const place of places) {
      const rows = Int32Array.of(place);
      const batch = {
        rows,
        pixels: pixels.take(rows),
        pixelSquares: () => squares(rows),
        scale: 255,
        labels: Int32Array.of(train.y[place]!),
        targets: null,
        rowWeights: null,
      };
      await takeStep(
        { network, parameters, optimize: () => {}, shape: keep, expectedSize: batchSize },
        batch,
        0,
        0,
        rng,
        host,
      );
    }
    optimize(parameters, [{ values: sum, factor: 1 / batchSize }], recipe.learningRate);
  };
  const run: Record<Way, () => Promise<void>> = {
    plain: () => step(places, plain),
    clip: () => step(places, clip),
    dp: () => step(places, dpSgd.shape),
    naive,
  };
  return taking(run, seconds);
}

async function taking(run: Record<Way, () => Promise<void>>, seconds: number): Promise<BenchRow['steps']> {
  const times = Object.fromEntries(ways.map((way) => [way, [] as number[]])) as Record<Way, number[]>;
  const turn = 50;
  for (const way of ways) for (let warm = 0; warm < (way === 'naive' ? 1 : 5); warm++) await run[way]();
  const over = performance.now() + seconds * 1000 * ways.length;
  do
    for (const way of ways) {
      const end = performance.now() + turn;
      do {
        const begin = processorMs();
        await run[way]();
        times[way].push(processorMs() - begin);
      } while (performance.now() < end);
    }
  while (performance.now() < over);
  return Object.fromEntries(ways.map((way) => [way, bestAndMedian(times[way])])) as BenchRow['steps'];
}

/** Of this process so far; what other programs take does not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function bestAndMedian(milliseconds: number[]): [number, number] {
  const sorted = Float64Array.from(milliseconds).sort();
  return [1000 / sorted[0]!, 1000 / sorted[sorted.length >> 1]!];
}
