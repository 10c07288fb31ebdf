import type {
  FilterDefense,
  Host,
  LabeledSet,
  ModelCard,
  ShapeDefense,
  TrainDefense,
  Weights,
} from '../../../lib/contract/defense.ts';
import { memberLimit } from '../../../lib/contract/limits.ts';
import { DefenseFailed } from '../../errors.ts';
import type { JobFolder } from '../job-folder.ts';
import { rowWeightsOf } from '../row-weights.ts';
import { weightsOf } from '../weights.ts';

/** The weights, one set or several that vote; and of a filter those of its rows, [n]. */
export type Trained = { readonly members: Weights[]; readonly rowWeights?: Float32Array };

/**
 * Runs the defense as its kind wants. What a method promises to return is not believed.
 * The harness trains with a host of its own, so that what a filter tried before with the one it was given changes
 * nothing.
 */
export async function train(job: JobFolder, defense: Record<string, unknown>, openHost: () => Host): Promise<Trained> {
  const { kind, model } = job.task;
  if (typeof defense[kind] !== 'function')
    throw new DefenseFailed('not-a-defense', `The default export has no method ${kind}.`);
  switch (kind) {
    case 'filter': {
      const returned = await (defense as FilterDefense).filter(copyOf(job.train), openHost()); // a copy: a filter weighs rows, it does not mend them
      const rowWeights = rowWeightsOf(returned, job.train.n);
      return { members: [weightsOf(await openHost().fit(job.train, { weights: rowWeights }), model)], rowWeights };
    }
    case 'shape': {
      const shape: ShapeDefense['shape'] = (step, given) => (defense as ShapeDefense).shape(step, given);
      return { members: [weightsOf(await openHost().fit(job.train, { shape }), model)] };
    }
    case 'train':
      return {
        members: membersOf(
          await (defense as TrainDefense).train({ train: job.train, model, init: job.init }, openHost()),
          model,
        ),
      };
  }
}

const copyOf = (set: LabeledSet): LabeledSet => ({ ...set, x: set.x.slice(), y: set.y.slice() });

function membersOf(returned: unknown, model: ModelCard): Weights[] {
  if (!Array.isArray(returned) || returned.length === 0)
    throw new DefenseFailed('bad-output', 'train did not return weights.');
  const count = Array.isArray(returned[0]) ? returned.length : 1;
  if (count > memberLimit)
    throw new DefenseFailed('too-large', `train returned ${count} sets of weights; at most ${memberLimit} are taken.`);
  const members: unknown[] = Array.isArray(returned[0])
    ? Array.from({ length: count }, (_, i) => returned[i])
    : [returned];
  return members.map((member, i) =>
    weightsOf(arraysOf(member), model, members.length > 1 ? `Set ${i} of the weights` : 'The weights'),
  );
}

/** Plain copies of what a stranger calls arrays, each of their fields read once. */
function arraysOf(member: unknown) {
  if (!Array.isArray(member))
    throw new DefenseFailed('bad-output', 'train returned something else than arrays with name, shape and data.');
  return [...member].map((array: unknown) => {
    const { name, shape, data } = Object(array) as { name?: unknown; shape?: unknown; data?: unknown };
    return {
      name: String(name),
      shape: Array.isArray(shape) ? [...shape].map(Number) : [],
      data: data instanceof Float32Array ? new Float32Array(data) : data,
    };
  });
}
