import type { DatasetId } from '../../lib/catalog/datasets/index.ts';
import type { ModelId } from '../../lib/catalog/models/index.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import { type ShapingId, shapings } from '../../lib/studies/paper/shapings.ts';
import { ArtifactMeter, type GradientArtifact } from '../metrics/artifacts.ts';
import { shareEqual } from '../metrics/index.ts';
import { labelsOf } from '../metrics/labels.ts';
import { streamsOf } from '../random/rng.ts';
import { type Checkpoint, trainEpochs } from '../train/epochs.ts';
import { NotFinite } from '../train/finite.ts';
import { modelCard } from '../train/models/index.ts';
import { networkOf } from '../train/network.ts';
import { logitsOf } from '../train/predict.ts';
import type { Lab } from './lab.ts';
import type { PaperRecipe } from './recipes.ts';
import { shapeOf } from './shape.ts';

export type Training = {
  readonly dataset: DatasetId;
  readonly model: ModelId;
  readonly recipe: PaperRecipe;
  readonly shaping: ShapingId;
  readonly seed: number;
  readonly train: LabeledSet;
  /** Rows from here on are poison; where it is given, gradient artifacts are measured. */
  readonly poisonFrom?: number;
  readonly from?: Checkpoint;
};

export type Epoch = Checkpoint & {
  readonly artifact: GradientArtifact | null;
  /** What the model of this moment calls these rows. */
  predict(rows: LabeledSet): Int32Array;
};

export const cardOf = ({ model, recipe, train }: Pick<Training, 'model' | 'recipe' | 'train'>) =>
  modelCard(model, train.shape, train.classes, recipe.recipe);

/**
 * Trains epoch by epoch; whoever stops asking stops it. Throws the signal's reason once that is aborted. Draws descend
 * from data set, model and seed alone.
 */
export async function* epochsOf({ tf, signal }: Lab, training: Training): AsyncGenerator<Epoch> {
  const { dataset, model, recipe, shaping, seed, train, poisonFrom, from } = training;
  const card = cardOf(training);
  const meter = poisonFrom === undefined ? null : new ArtifactMeter(networkOf(tf, card), (row) => row >= poisonFrom);
  for await (const checkpoint of trainEpochs({
    tf,
    model: card,
    train,
    streams: streamsOf(dataset, model, seed),
    epochs: recipe.epochs,
    from,
    shape: shapeOf(shapings[shaping]),
    observe: meter?.observe,
  })) {
    await new Promise(setImmediate); // lets a signal through
    signal.throwIfAborted();
    const predict = (rows: LabeledSet) => labelsOf(logitsOf(tf, card, checkpoint.weights, rows), rows.n);
    yield { ...checkpoint, artifact: meter?.take() ?? null, predict };
  }
}

/** What a training is asked after an epoch. */
type Told = Pick<Epoch, 'artifact' | 'predict'>;

/** A model that was lost to numbers that are not finite calls no row by any class: nothing of it is right. */
const lost: Told = { artifact: null, predict: ({ n }) => new Int32Array(n).fill(-1) };

/** The same epochs; from the one on in which the weights were no longer finite, those of a lost model. */
export async function* epochsOrLost(lab: Lab, training: Training): AsyncGenerator<Told> {
  let told = 0;
  try {
    for await (const epoch of epochsOf(lab, training)) {
      told++;
      yield epoch;
    }
  } catch (error) {
    if (!(error instanceof NotFinite)) throw error;
    for (; told < training.recipe.epochs; told++) yield lost;
  }
}

export type Measured = {
  best: number;
  last: number;
  accuracies: number[];
  artifacts: (GradientArtifact | null)[] | null;
  end: Told;
};

/**
 * Trains to the end. Accuracy on `test` after each epoch, after the best one and after the last; 0 of a model that was
 * lost.
 */
export async function trainAndTest(lab: Lab, training: Training, test: LabeledSet): Promise<Measured> {
  const accuracies: number[] = [];
  const artifacts: (GradientArtifact | null)[] = [];
  let end: Told | undefined;
  for await (const epoch of epochsOrLost(lab, training)) {
    accuracies.push(shareEqual(epoch.predict(test), test.y));
    artifacts.push(epoch.artifact && { ratio: digits(epoch.artifact.ratio), cosine: digits(epoch.artifact.cosine) });
    end = epoch;
  }
  if (!end) throw new RangeError(`trainAndTest: ${training.recipe.epochs} epochs, want at least one`);
  return {
    best: Math.max(...accuracies),
    last: accuracies.at(-1)!,
    accuracies,
    artifacts: training.poisonFrom === undefined ? null : artifacts,
    end,
  };
}

/** As many as are shown anywhere, and two more. */
const digits = (value: number) => Number(value.toPrecision(5));
