import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetId } from '../../lib/catalog/datasets/index.ts';
import type { ModelId } from '../../lib/catalog/models/index.ts';
import { digestOf } from '../../lib/contract/canonical.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../lib/contract/formats/safetensors.ts';
import type { ShapingId } from '../../lib/studies/paper/shapings.ts';
import { writeWhole } from '../datasets/pinned-file.ts';
import { shareEqual } from '../metrics/index.ts';
import type { Checkpoint } from '../train/epochs.ts';
import type { Lab } from './lab.ts';
import type { PaperRecipe } from './recipes.ts';
import { cardOf, epochsOf } from './train.ts';

export type TrainedModel = Checkpoint & { readonly best: number; readonly last: number; readonly accuracies: number[] };

type Which = {
  readonly dataset: DatasetId;
  readonly model: ModelId;
  readonly recipe: PaperRecipe;
  readonly shaping: ShapingId;
  readonly seed: number;
};

/**
 * A model trained on clean data, with the optimizer's memory, so that training can go on from it. It is trained once
 * and kept in a file named after what it is a function of; `accuracies` are those on the test set after each epoch,
 * `best` and `last` two of them.
 */
export async function trainedModel(lab: Lab, which: Which): Promise<TrainedModel> {
  const { train, test } = await lab.split(which.dataset);
  const { dataset, model, shaping, seed } = which;
  const digest = (await digestOf({ which, engine: lab.engine })).slice(7, 19);
  const path = join(lab.folder, 'models', `${dataset}.${model}.${shaping}.${seed}-${digest}.safetensors`);
  const names = cardOf({ ...which, train }).weights.map(({ name }) => name);
  const bytes = await readFile(path).catch(() => null);
  if (bytes) return fromTensors(readSafetensors(bytes), names, test);
  let checkpoint: Checkpoint | undefined;
  const right: number[] = [];
  for await (const epoch of epochsOf(lab, { ...which, train })) {
    checkpoint = epoch;
    right.push(Math.round(shareEqual(epoch.predict(test), test.y) * test.n));
  }
  const tensors = toTensors(checkpoint!, Int32Array.from(right));
  await writeWhole(path, writeSafetensors(tensors));
  return fromTensors(tensors, names, test);
}

/**
 * The weights by their own names; of the optimizer its slots, its powers as bytes of doubles; the test rows right after
 * each epoch.
 */
const toTensors = ({ weights, memory }: Checkpoint, right: Int32Array): Tensor[] => [
  ...weights.map(({ name, shape, data }) => ({ name, shape, data })),
  ...memory.slots.map((data, index) => ({ name: `memory/slot${index}`, shape: [data.length], data })),
  { name: 'memory/powers', shape: [memory.powers.byteLength], data: new Uint8Array(memory.powers.slice().buffer) },
  { name: 'right', shape: [right.length], data: right },
];

function fromTensors(tensors: readonly Tensor[], names: readonly string[], test: LabeledSet): TrainedModel {
  const named = (name: string) => {
    const tensor = tensors.find((one) => one.name === name);
    if (!tensor) throw new RangeError(`a kept model lacks ${name}; delete it and it is trained again`);
    return tensor;
  };
  const slots = tensors.filter(({ name }) => name.startsWith('memory/slot')).sort((a, b) => (a.name < b.name ? -1 : 1));
  const right = named('right').data as Int32Array;
  return {
    weights: names.map((name) => ({ name, shape: named(name).shape, data: named(name).data as Float32Array })),
    memory: {
      slots: slots.map(({ data }) => data as Float32Array),
      powers: new Float64Array(new Uint8Array(named('memory/powers').data as Uint8Array).buffer),
    },
    best: Math.max(...right) / test.n,
    last: right.at(-1)! / test.n,
    accuracies: Array.from(right, (rows) => rows / test.n),
  };
}
