import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabeledSet, ModelCard, Weights } from '../../lib/contract/defense.ts';
import { readSafetensors, writeSafetensors } from '../../lib/contract/formats/safetensors.ts';
import type { DefenseKind } from '../../lib/contract/ids.ts';
import { type LanguageId, languages } from '../../lib/contract/runtime.ts';
import { TaskFile } from '../../lib/contract/task.ts';
import { type NpyArray, readNpy, writeNpy } from './npy.ts';
import { weightsOf } from './weights.ts';

/** What a guest works on: README.md describes the folder that holds it. */
export type JobFolder = {
  readonly task: TaskFile;
  readonly train: LabeledSet;
  readonly init: Weights | null;
  /**
   * The module's text, in JavaScript unless said; or, of a control of the harness itself, one weight per row in its
   * place.
   */
  readonly defense: { readonly code: string; readonly language?: LanguageId } | { readonly rowWeights: Float32Array };
};

type Job = Pick<JobFolder, 'train' | 'defense'> & {
  readonly model: ModelCard;
  readonly kind: DefenseKind;
  /** Whether the weights after each epoch are wanted too. */
  readonly epochs: boolean;
};

/** One that starts from no given weights. Nothing in it names suite, scenario, budget or seed. */
export function jobFolderOf({ model, train, kind, defense, epochs }: Job): JobFolder {
  const { n, classes, shape, scale } = train;
  const { id, layers, weights, recipe } = model;
  return {
    task: {
      format: 'antidote-task-2',
      kind,
      n,
      classes,
      shape: [...shape],
      scale,
      model: {
        id,
        shape: [...model.shape],
        layers: [...layers],
        weights: weights.map(({ name, shape: size }) => ({ name, shape: [...size] })),
        recipe,
      },
      ...(epochs && { epochs }),
    },
    train,
    init: null,
    defense,
  };
}

export function writeJobFolder(folder: string, { task, train, init, defense }: JobFolder): void {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  put('task.json', JSON.stringify(TaskFile.parse(task)));
  put('x.npy', writeNpy({ shape: [train.n, ...train.shape], data: train.x }));
  put('y.npy', writeNpy({ shape: [train.n], data: train.y }));
  if (init) put('init.safetensors', writeSafetensors(init));
  if ('code' in defense) put(languages[defense.language ?? 'javascript'].file, defense.code);
  else put('row-weights.npy', writeNpy({ shape: [train.n], data: defense.rowWeights }));
}

/** Of a module in JavaScript. Throws where the folder is not what `writeJobFolder` writes. */
export function readJobFolder(folder: string): JobFolder {
  const get = (name: string): Buffer | null => {
    try {
      return readFileSync(join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };
  const wanted = (name: string) => get(name) ?? refuse(`${name} is missing`);
  const task = TaskFile.parse(JSON.parse(wanted('task.json').toString('utf8')));
  const { n, classes, shape, scale, model } = task;
  const x = arrayOf(readNpy(wanted('x.npy')), [n, ...shape], Uint8Array, 'x.npy');
  const y = arrayOf(readNpy(wanted('y.npy')), [n], Int32Array, 'y.npy');
  const init = get('init.safetensors');
  const code = get(languages.javascript.file)?.toString('utf8');
  const defense =
    code === undefined
      ? { rowWeights: arrayOf(readNpy(wanted('row-weights.npy')), [n], Float32Array, 'row-weights.npy') }
      : { code };
  return {
    task,
    train: { n, classes, shape, scale, x, y },
    init: init && weightsOf(readSafetensors(init), model),
    defense,
  };
}

function arrayOf<T extends NpyArray['data']>(
  { shape, data }: NpyArray,
  want: readonly number[],
  type: new (...args: never[]) => T,
  name: string,
): T {
  if (!(data instanceof type) || `${shape}` !== `${want}`)
    return refuse(`${name} has shape [${shape}], the task wants [${want}]`);
  return data;
}

function refuse(what: string): never {
  throw new RangeError(`job folder: ${what}`);
}
