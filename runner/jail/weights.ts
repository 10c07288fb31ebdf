import type { ModelCard, Weights } from '../../lib/contract/defense.ts';
import { FormatError } from '../../lib/contract/formats/format-error.ts';
import { readSafetensors, type Tensor } from '../../lib/contract/formats/safetensors.ts';
import { DefenseFailed } from '../errors.ts';

type Named = { readonly name: string; readonly shape: readonly number[]; readonly data: unknown };

/**
 * These arrays as the model's weights, in its order. Throws DefenseFailed unless they are exactly the model's: each
 * name once and no other, its shape, float32, as many numbers as the shape needs (bad-output), and every number finite
 * (not-finite).
 */
export function weightsOf(arrays: readonly Named[], model: ModelCard, of = 'The weights'): Weights {
  if (arrays.length !== model.weights.length)
    throw bad(`${of}: ${arrays.length} arrays, ${model.id} has ${model.weights.length}`);
  return model.weights.map(({ name, shape }) => {
    const array = arrays.find((candidate) => candidate.name === name);
    if (!array) throw bad(`${of}: no array is called ${name}`);
    const { data } = array;
    if (!(data instanceof Float32Array)) throw bad(`${of}: ${name} is not float32`);
    const fits = array.shape.length === shape.length && shape.every((size, axis) => size === array.shape[axis]);
    const count = shape.reduce((product, size) => product * size, 1);
    if (!fits || data.length !== count)
      throw bad(`${of}: ${name} is to have shape [${shape}]; it has ${data.length} numbers of shape [${array.shape}]`);
    if (!data.every(Number.isFinite))
      throw new DefenseFailed('not-finite', `${of}: ${name} holds a number that is not finite.`);
    return { name, shape, data };
  });
}

const bad = (detail: string) => new DefenseFailed('bad-output', `${detail}.`);

/** The same from a file that nobody has believed yet. */
export function weightsOfFile(bytes: Uint8Array, model: ModelCard, file: string): Weights {
  let tensors: Tensor[];
  try {
    tensors = readSafetensors(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw bad(`${file} is not read: ${error.message}`);
    throw error;
  }
  return weightsOf(tensors, model, file);
}
