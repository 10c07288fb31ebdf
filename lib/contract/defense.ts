import type * as tensorflow from '@tensorflow/tfjs';

/**
 * What a researcher writes: an ES module that imports nothing and whose default export is an object with exactly one of
 * these methods. Everything it needs arrives as arguments. It never sees which rows are poison, the test set, the
 * target, the trigger or the trial's seed.
 */
export type Defense = FilterDefense | ShapeDefense | TrainDefense;

/** Weighs the training rows before training; the harness then trains the suite's model. */
export type FilterDefense = {
  /** One weight in [0, 1] per row, [n]. Rows of weight 0 leave before batching. */
  filter(train: LabeledSet, host: Host): Promise<Float32Array> | Float32Array;
};

/** Shapes the gradient of every step. The harness owns the loop. */
export type ShapeDefense = {
  shape(step: GradientStep, host: Host): Promise<Gradient> | Gradient;
};

/**
 * Owns the whole training run and returns the weights of the suite's model; of several weight sets the scorer takes the
 * plurality vote.
 */
export type TrainDefense = {
  train(task: Task, host: Host): Promise<Weights | Weights[]> | Weights | Weights[];
};

/**
 * An algebra over the per-example gradients g_i of one batch that never materialises them. Losses are summed, not
 * averaged.
 */
export type GradientStep = {
  /** Step number, from 0. */
  readonly index: number;
  /** Examples in this batch; under Poisson sampling it varies and may be 0. */
  readonly size: number;
  /** q·n: the constant to divide by under Poisson sampling. */
  readonly expectedSize: number;
  /** Labels as given, poisoned or not, [size]. */
  readonly labels: Int32Array;
  /** ||g_i||_2 over all parameters, [size]. */
  norms(): Float32Array;
  /** <g_i, direction>, [size]. */
  dots(direction: Gradient): Float32Array;
  /** Σ w_i g_i. A row of weight 0 adds nothing, even where its gradient is not finite. */
  sum(weights: Float32Array): Gradient;
  /** The median of some gradients, coordinate by coordinate; of an even number the mean of the middle two. */
  median(gradients: readonly Gradient[]): Gradient;
  /** N(0, std²) per coordinate, fresh at every call, from the trial's generator; std 0 draws nothing. */
  noise(std: number): Gradient;
};

/** A vector with one coordinate per model parameter. Operations return new vectors. */
export type Gradient = {
  plus(other: Gradient): Gradient;
  times(factor: number): Gradient;
  dot(other: Gradient): number;
  norm(): number;
};

export type LabeledSet = {
  readonly n: number;
  readonly classes: number;
  /** Of one row, for example [28, 28, 1]. */
  readonly shape: readonly number[];
  /** The model sees x / scale. */
  readonly scale: number;
  readonly x: Uint8Array; // [n, ...shape]
  readonly y: Int32Array; // [n]
};

/** In the order of the model's description. */
export type Weights = { readonly name: string; readonly shape: readonly number[]; readonly data: Float32Array }[];

/**
 * One layer; `activation` is applied to its output. `dense` takes a row as one vector, `conv` as an image [height,
 * width, channels]: windows of 3 × 3, stride 1, zeros around it, so that height and width stay. `maxpool` keeps the
 * largest of each 2 × 2 pixels; an odd last row or column is left out. The rest is trained by PyTorch alone:
 * `conv-norm` is a conv without bias, then GroupNorm, then ReLU; `add` adds the input of the layer that lies `back`
 * places before it; `globalpool` keeps the largest value of each channel.
 */
export type Layer =
  | { readonly kind: 'dense'; readonly units: number; readonly activation: 'relu' | 'linear' }
  | { readonly kind: 'conv'; readonly units: number; readonly activation: 'relu' }
  | { readonly kind: 'maxpool' }
  | { readonly kind: 'conv-norm'; readonly units: number; readonly activation: 'relu' }
  | { readonly kind: 'add'; readonly back: number }
  | { readonly kind: 'globalpool' };

export type Recipe = {
  readonly id: string;
  readonly optimizer: 'sgd' | 'adam';
  /** Heavy-ball momentum: v ← momentum·v + g, w ← w − ηv. */
  readonly momentum: number;
  readonly learningRate: number;
  readonly schedule: 'constant' | 'cosine';
  /** L2 penalty added to the gradient as weightDecay·w. */
  readonly weightDecay: number;
  readonly sampling: 'poisson' | 'shuffle';
  /** Expected size under Poisson sampling. */
  readonly batchSize: number;
  readonly steps: number;
};

export type ModelCard = {
  readonly id: string;
  /** Of one row that it takes. */
  readonly shape: readonly number[];
  readonly layers: readonly Layer[];
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly recipe: Recipe;
};

export type Task = { readonly train: LabeledSet; readonly model: ModelCard; readonly init: Weights | null };

export type FitOptions = {
  /** Row weights in [0, 1], [n]. */
  weights?: Float32Array;
  /**
   * What each row's model output is compared with in place of its label: shares of the classes that add up to 1, [n,
   * classes]. The loss is the cross-entropy to them. `step.labels` stay the set's.
   */
  targets?: Float32Array;
  shape?: ShapeDefense['shape'];
  init?: Weights;
  epochs?: number;
  batchSize?: number;
  learningRate?: number;
};

export type Host = {
  readonly tf: typeof tensorflow;
  /** Trains the suite's model by the suite's recipe, but for the options given. */
  fit(train: LabeledSet, options?: FitOptions): Promise<Weights>;
  logits(weights: Weights, rows: LabeledSet): Float32Array; // [n, classes]
  /** The last hidden layer's output; for `lr` the input. */
  features(weights: Weights, rows: LabeledSet): Float32Array; // [n, d]
  /** Uniform in [0, 1), from the trial's seed. */
  random(): number;
  /** The first 64 KiB are kept. */
  log(...values: unknown[]): void;
};
