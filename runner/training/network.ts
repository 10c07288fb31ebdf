import type { ModelCard, Weights } from '../../lib/benchmark/defense.ts';
import type { Tf } from '../tf.ts';
import { Matrix, type Products, productsOf } from './matrix.ts';

/** A dense layer and where its parameters lie in the flat vector: the kernel [inputs, units] at `kernel`, the bias [units] at `bias`. */
export type DenseLayer = { readonly inputs: number; readonly units: number; readonly relu: boolean; readonly kernel: number; readonly bias: number };

/** The model as a list of dense layers over one flat vector of parameters. */
export type Network = { readonly tf: Tf; readonly layers: readonly DenseLayer[]; readonly size: number; readonly products: Products };

export function networkOf(tf: Tf, model: ModelCard): Network {
  let offset = 0;
  const layers = model.layers.map(({ units, activation }, index): DenseLayer => {
    const inputs = model.weights[2 * index]!.shape[0]!;
    const kernel = offset;
    const bias = kernel + inputs * units;
    offset = bias + units;
    return { inputs, units, relu: activation === 'relu', kernel, bias };
  });
  return { tf, layers, size: offset, products: productsOf(tf) };
}

/** Throws RangeError unless these are weights of that model: names, shapes and lengths, in order. */
export function flatten(model: ModelCard, weights: Weights): Float32Array {
  if (weights.length !== model.weights.length) throw new RangeError(`${weights.length} weights, where model ${model.id} has ${model.weights.length}`);
  const flat = new Float32Array(model.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  let offset = 0;
  for (const [index, { name, shape }] of model.weights.entries()) {
    const given = weights[index]!;
    if (given.name !== name || given.data.length !== sizeOf(shape) || `${given.shape}` !== `${shape}`)
      throw new RangeError(`weight ${index} is ${given.name} [${given.shape}] of ${given.data.length}, where model ${model.id} has ${name} [${shape}]`);
    flat.set(given.data, offset);
    offset += given.data.length;
  }
  return flat;
}

export function unflatten(model: ModelCard, flat: Float32Array): Weights {
  let offset = 0;
  return model.weights.map(({ name, shape }) => {
    const begin = offset;
    offset += sizeOf(shape);
    return { name, shape, data: flat.slice(begin, offset) };
  });
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

export const kernelOf = ({ tf }: Network, layer: DenseLayer, parameters: Float32Array) =>
  new Matrix(tf, parameters.subarray(layer.kernel, layer.bias), layer.inputs, layer.units);

/**
 * The input of every layer and the logits, for pixels in their own units (0 … scale): the first layer's product is divided by `scale` afterwards,
 * so that the pixels stay whole numbers. The caller disposes the inputs.
 */
export function forward(network: Network, parameters: Float32Array, pixels: Matrix, scale: number): { inputs: Matrix[]; logits: Float32Array } {
  const inputs = [pixels];
  for (const [index, layer] of network.layers.entries()) {
    const input = inputs[index]!;
    const kernel = kernelOf(network, layer, parameters);
    const output = network.products.product(input, kernel); // [n, units]
    kernel.dispose();
    activate(output, parameters.subarray(layer.bias, layer.bias + layer.units), index === 0 ? scale : 1, layer.relu);
    if (index === network.layers.length - 1) return { inputs, logits: output };
    inputs.push(new Matrix(network.tf, output, input.rows, layer.units));
  }
  throw new RangeError('forward: a model without layers');
}

/**
 * output/scale + bias, and ReLU, in place. ReLU as (v + |v|)/2, exact for every number: with a branch half of the signs would be guessed wrong,
 * at four times the cost. NaN stays NaN and −∞ becomes it: a unit that diverged is not hidden.
 */
function activate(output: Float32Array, bias: Float32Array, scale: number, relu: boolean): void {
  const units = bias.length;
  const inverse = 1 / scale;
  for (let start = 0; start < output.length; start += units)
    for (let unit = 0; unit < units; unit++) {
      const value = output[start + unit]! * inverse + bias[unit]!;
      output[start + unit] = relu ? (value + Math.abs(value)) * 0.5 : value;
    }
}
