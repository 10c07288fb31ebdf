import type { DatasetId } from '../../lib/catalog/datasets/index.ts';
import type { ModelId } from '../../lib/catalog/models/index.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { TargetedRun } from '../../lib/studies/paper/results.ts';
import type { ShapingId } from '../../lib/studies/paper/shapings.ts';
import { tried } from '../../lib/studies/paper/targeted.ts';
import { takeRows } from '../datasets/rows.ts';
import { labelsOf } from '../metrics/labels.ts';
import { rootOf } from '../random/rng.ts';
import { logitsOf } from '../train/predict.ts';
import { cleanLabelPoison } from './attacks/clean-label.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { type PaperRecipe, recipes } from './recipes.ts';
import { append } from './rows.ts';
import { cardOf, epochsOrLost } from './train.ts';
import { trainedModel } from './trained-model.ts';

type Cell = {
  readonly dataset: Dataset;
  readonly model: ModelId;
  readonly shaping: ShapingId;
  readonly seed: number;
  readonly place: number;
};
type Setting = { readonly base: PaperRecipe; readonly again: PaperRecipe };

/** Rows of class `from` that are to be called `wanted`, and the recipes by model. */
const settings = {
  'fashion-mnist-3-4': { from: 0, wanted: 1, models: { lr: { base: recipes.binary, again: recipes.binaryTargeted } } },
  'purchase-100-like': {
    from: 3,
    wanted: 4,
    models: {
      lr: { base: recipes.made, again: recipes.madeTargeted },
      'mlp-256-256': { base: recipes.madePerceptron, again: recipes.madePerceptronTargeted },
    },
  },
} satisfies Partial<Record<DatasetId, { from: number; wanted: number; models: Partial<Record<ModelId, Setting>> }>>;
type Dataset = keyof typeof settings;

const noises: ShapingId[] = ['none', 'noise-0.1', 'noise-0.01'];
const clips: ShapingId[] = ['clip-4', 'clip-0.1'];

/**
 * Places among the test rows of the class, in an order drawn once; the same for every shaping. A row that a model calls
 * wrongly is no target for it.
 */
const at = (dataset: Dataset, model: ModelId, of: readonly ShapingId[], seed: number, places: readonly number[]) =>
  places.flatMap((place) => of.map((shaping) => ({ dataset, model, shaping, seed, place })));

/** On 3/4 each seed has targets of its own. */
const binary = (of: readonly ShapingId[], first: number) =>
  seedsFor.lr.flatMap((seed) => at('fashion-mnist-3-4', 'lr', of, seed, [first + seed]));
const made = (model: ModelId, of: readonly ShapingId[], places: readonly number[]) =>
  at('purchase-100-like', model, of, 0, places);

/** What the claims stand on first. */
const cells: Cell[] = [
  ...binary(noises, 0),
  ...made('lr', [...noises, 'noise-1'], [0, 1, 2, 3, 4, 5]),
  ...binary(noises, 5),
  ...binary(clips, 0),
  ...made('lr', clips, [0, 1, 2, 3, 4, 5]),
  ...made('mlp-256-256', [...noises, 'noise-1'], [0, 1, 2, 3, 4, 5]),
  ...binary(clips, 5),
];

/**
 * (c) Clean-label targeted poisoning, crafted against each trained model and trained on from its checkpoint. One unit
 * is one target.
 */
export const targeted: Part<'targeted'> = {
  id: 'targeted',
  datasets: Object.keys(settings) as Dataset[],
  inputs: { ways: settings, singles: tried.singles, numbers: tried.numbers }, // `ways`: as the committed runs name it
  units: cells.map((cell) => ({
    key: `${cell.dataset}.${cell.model}.${cell.shaping}.${cell.seed}.${cell.place}`,
    make: (lab: Lab) => targetedRuns(lab, cell),
  })),
};

/** None where the model calls the target wrongly to begin with. */
export async function targetedRuns(lab: Lab, { dataset, model, shaping, seed, place }: Cell): Promise<TargetedRun[]> {
  const { base, again, from, wanted } = settingOf(dataset, model);
  const { train, test } = await lab.split(dataset);
  const trained = await trainedModel(lab, { dataset, model, recipe: base, shaping, seed });
  const card = cardOf({ model, recipe: base, train });
  const target = targetRow(test, dataset, place);
  const row = takeRows(test, [target]);
  if (labelsOf(logitsOf(lab.tf, card, trained.weights, row), 1)[0] !== from) return [];
  const rng = rootOf(`antidote paper targeted\0${dataset}\0${seed}\0${target}`);
  const numbers = numbersFor(train, wanted);
  const { poison } = cleanLabelPoison(lab.tf, card, trained.weights, {
    train,
    target: row,
    wanted,
    count: numbers.at(-1)!,
    rng,
  });
  /** Whether the target is called as wanted after any epoch of training on with those rows. */
  const trainsOn = async (rows: LabeledSet) => {
    const training = { dataset, model, recipe: again, shaping, seed, train: append(train, rows), from: trained };
    for await (const { predict } of epochsOrLost(lab, training)) if (predict(row)[0] === wanted) return true;
    return false;
  };
  const control = await trainsOn(takeRows(poison, []));
  const first = await trainsOn(takeRows(poison, [0]));
  const oneShot = await firstThat([...Array(tried.singles).keys()], (index) =>
    index === 0 ? first : trainsOn(takeRows(poison, [index])),
  );
  const multi = await firstThat(numbers, (count) =>
    count === 1 ? first : trainsOn(takeRows(poison, [...Array(count).keys()])),
  );
  const copies = await firstThat(numbers, (count) => trainsOn(copiesOf(row, count, wanted)));
  return [
    {
      dataset,
      model,
      shaping,
      seed,
      target,
      control,
      oneShot: { tried: oneShot.tried, succeeded: oneShot.found !== null },
      multi: { tried: numbers[multi.tried - 1]!, smallest: multi.found },
      copies: { tried: numbers[copies.tried - 1]!, smallest: copies.found },
    },
  ];
}

function settingOf(dataset: Dataset, model: ModelId) {
  const { models, ...classes } = settings[dataset];
  const setting = (models as Partial<Record<ModelId, Setting>>)[model];
  if (!setting)
    throw new RangeError(`targeted: model ${model} on ${dataset}, want one of ${Object.keys(models).join(', ')}`);
  return { ...classes, ...setting };
}

/** No base is taken twice, so that no more poisons can be tried than the wanted class has rows. */
function numbersFor(train: LabeledSet, wanted: number): number[] {
  const rows = train.y.filter((label) => label === wanted).length;
  return tried.numbers.filter((count) => count <= rows);
}

/** The target itself under the wanted label: what no clean-label poison that resembles it can beat. */
const copiesOf = (row: LabeledSet, count: number, wanted: number): LabeledSet => ({
  ...takeRows(row, new Array(count).fill(0)),
  y: new Int32Array(count).fill(wanted),
});

/** The test row at that place of the draw. */
function targetRow(test: LabeledSet, dataset: Dataset, place: number): number {
  const ofClass = [...test.y.keys()].filter((row) => test.y[row] === settings[dataset].from);
  return ofClass[rootOf(`antidote paper targets\0${dataset}`).sample(ofClass.length, place + 1)[place]!]!;
}

async function firstThat(
  candidates: readonly number[],
  succeeds: (candidate: number) => boolean | Promise<boolean>,
): Promise<{ tried: number; found: number | null }> {
  for (const [index, candidate] of candidates.entries())
    if (await succeeds(candidate)) return { tried: index + 1, found: candidate };
  return { tried: candidates.length, found: null };
}
