import type { LabeledSet } from '../../lib/benchmark/defense.ts';
import type { DatasetId, ModelId } from '../../lib/benchmark/ids.ts';
import type { TargetedRun } from '../../lib/benchmark/paper/results.ts';
import type { ShapingId } from '../../lib/benchmark/paper/shapings.ts';
import { tried } from '../../lib/benchmark/paper/targeted.ts';
import { takeRows } from '../datasets/rows.ts';
import { labelsOf } from '../metrics/labels.ts';
import { rootOf } from '../rng.ts';
import { logitsOf } from '../training/predict.ts';
import { cleanLabelPoison } from './attacks/clean-label.ts';
import type { Lab } from './lab.ts';
import type { Part } from './part.ts';
import { type PaperRecipe, recipes } from './recipes.ts';
import { append } from './rows.ts';
import { cardOf, epochsOf } from './train.ts';
import { trainedModel } from './trained-model.ts';

type Cell = { readonly dataset: DatasetId; readonly model: ModelId; readonly shaping: ShapingId; readonly seed: number; readonly place: number };

const ways: Record<string, { readonly base: PaperRecipe; readonly again: PaperRecipe; readonly from: number; readonly wanted: number }> = {
  'fashion-mnist-3-4': { base: recipes.binary, again: recipes.binaryTargeted, from: 0, wanted: 1 },
  'fashion-mnist': { base: recipes.perceptron, again: recipes.perceptronTargeted, from: 3, wanted: 4 },
};

const binaryShapings: ShapingId[] = ['none', 'clip-4', 'clip-0.1', 'noise-0.01', 'noise-0.1'];
/** Places among the test rows of the class, drawn once and the same for every shaping; a row that a model calls wrongly is no target for it. */
const targetsOf = { 'fashion-mnist-3-4': 8, 'fashion-mnist': 3 } as const;

const cells: Cell[] = [
  ...Array.from({ length: targetsOf['fashion-mnist-3-4'] }, (_, place) =>
    binaryShapings.map((shaping): Cell => ({ dataset: 'fashion-mnist-3-4', model: 'lr', shaping, seed: 0, place })),
  ).flat(),
  ...Array.from(
    { length: targetsOf['fashion-mnist'] },
    (_, place): Cell => ({ dataset: 'fashion-mnist', model: 'mlp-256-256', shaping: 'none', seed: 0, place }),
  ),
];

/** (c) Clean-label targeted poisoning, crafted against each trained model and trained on from its checkpoint. One unit is one target. */
export const targeted: Part<'targeted'> = {
  id: 'targeted',
  datasets: ['fashion-mnist-3-4', 'fashion-mnist'],
  inputs: { ways, singles: tried.singles, numbers: tried.numbers },
  units: cells.map((cell) => ({
    key: `${cell.model}.${cell.shaping}.${cell.seed}.${cell.place}`,
    make: (lab: Lab) => targetedRuns(lab, cell),
  })),
};

/** None where the model calls the target wrongly to begin with. */
export async function targetedRuns(lab: Lab, { dataset, model, shaping, seed, place }: Cell): Promise<TargetedRun[]> {
  const { base, again, from, wanted } = ways[dataset]!;
  const { train, test } = await lab.split(dataset);
  const trained = await trainedModel(lab, { dataset, model, recipe: base, shaping, seed });
  const card = cardOf({ model, recipe: base, train });
  const target = targetRow(test, dataset, place);
  const row = takeRows(test, [target]);
  if (labelsOf(logitsOf(lab.tf, card, trained.weights, row), 1)[0] !== from) return [];
  const rng = rootOf(`antidote paper targeted\0${dataset}\0${seed}\0${target}`);
  const { poison } = cleanLabelPoison(lab.tf, card, trained.weights, { train, target: row, wanted, count: tried.numbers.at(-1)!, rng });
  const answers = new Map<string, Promise<boolean>>();
  const succeeds = (places: number[]) => {
    const known = answers.get(`${places}`) ?? trainsOn(places);
    answers.set(`${places}`, known);
    return known;
  };
  /** Whether the target is called as wanted after any epoch of training on with those poisons. */
  const trainsOn = async (places: number[]) => {
    const training = { dataset, model, recipe: again, shaping, seed, train: append(train, takeRows(poison, places)), from: trained };
    for await (const { predict } of epochsOf(lab, training)) if (predict(row)[0] === wanted) return true;
    return false;
  };
  const control = await succeeds([]);
  const oneShot = await firstThat(
    Array.from({ length: tried.singles }, (_, index) => index),
    (index) => succeeds([index]),
  );
  const multi = await firstThat(tried.numbers, (count) => succeeds(Array.from({ length: count }, (_, index) => index)));
  return [
    {
      dataset,
      model,
      shaping,
      seed,
      target,
      control,
      oneShot: { tried: oneShot.tried, succeeded: oneShot.found !== null },
      multi: { tried: tried.numbers[multi.tried - 1]!, smallest: multi.found },
    },
  ];
}

/** The test row at that place of the draw. */
export function targetRow(test: LabeledSet, dataset: DatasetId, place: number): number {
  const ofClass = [...test.y.keys()].filter((row) => test.y[row] === ways[dataset]!.from);
  return ofClass[rootOf(`antidote paper targets\0${dataset}`).sample(ofClass.length, place + 1)[place]!]!;
}

async function firstThat(candidates: readonly number[], succeeds: (candidate: number) => Promise<boolean>): Promise<{ tried: number; found: number | null }> {
  for (const [index, candidate] of candidates.entries()) if (await succeeds(candidate)) return { tried: index + 1, found: candidate };
  return { tried: candidates.length, found: null };
}
