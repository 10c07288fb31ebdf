import type { Recipe } from '../../lib/contract/defense.ts';
import { pace } from '../../lib/studies/paper/pace.ts';
import { tried } from '../../lib/studies/paper/targeted.ts';

/** The source's recipes, by task: shuffled batches, a constant rate, no decay, no momentum. Epochs set the steps. */
const base = { momentum: 0, schedule: 'constant', weightDecay: 0, sampling: 'shuffle', steps: 1 } as const;

export type PaperRecipe = { readonly recipe: Recipe; readonly epochs: number };

const of = (
  id: string,
  optimizer: Recipe['optimizer'],
  learningRate: number,
  batchSize: number,
  epochs: number,
): PaperRecipe => ({
  recipe: { id: `paper-${id}`, ...base, optimizer, learningRate, batchSize },
  epochs,
});

export const recipes = {
  /** `lr` on 3/4, from scratch. */
  binary: of('binary', 'adam', 0.01, 300, 40),
  /** `mlp-256-256` on FashionMNIST. */
  perceptron: of('perceptron', 'sgd', 0.04, 100, 100),
  /** Feature insertion: the trained model goes on. */
  insertion: of('insertion', 'sgd', 0.01, 100, 40),
  /** `cnn` before feature insertion and after, at a pace of its own. */
  convolution: of('convolution', 'sgd', 0.01 * pace, 100, 80 / pace),
  convolutionInsertion: of('convolution-insertion', 'sgd', 0.01 * pace, 100, 40 / pace),
  /** Feature collision: `mlp-256-256` from scratch, and the trained one going on. */
  collision: of('collision', 'sgd', 0.04, 100, 40),
  collisionTrained: of('collision-trained', 'sgd', 0.04, 100, 20),
  /** Clean-label targeted: the trained model goes on, in batches of 100. */
  binaryTargeted: of('binary-targeted', 'adam', 0.01, 100, tried.epochs),
  /**
   * `lr` and `mlp-256-256` on made rows, as the source has it on Purchase-100 without shaping; the same rate under
   * DP-SGD, where the source doubles it.
   */
  made: of('made', 'adam', 0.04, 100, 100),
  madeTargeted: of('made-targeted', 'adam', 0.04, 100, tried.epochs),
  madePerceptron: of('made-perceptron', 'adam', 0.001, 100, 100),
  madePerceptronTargeted: of('made-perceptron-targeted', 'adam', 0.001, 100, tried.epochs),
} as const;
