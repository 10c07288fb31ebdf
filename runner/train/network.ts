import type { Layer, ModelCard, Weights } from '../../lib/contract/defense.ts';
import { convLayer } from './conv-layer.ts';
import { denseLayer } from './dense-layer.ts';
import type { NetworkLayer } from './layer.ts';
import type { Matrix } from './matrix.ts';
import { maxpoolLayer } from './maxpool-layer.ts';
import { imageOf, shapeAfter, sizeOf } from './models/shape.ts';
import { type Products, productsOf } from './products.ts';
import type { Tf } from './tf.ts';

/** The model as a list of layers over one flat vector of parameters. */
export type Network = {
  readonly tf: Tf;
  readonly products: Products;
  readonly layers: readonly NetworkLayer[];
  readonly size: number;
};

export function networkOf(tf: Tf, model: ModelCard): Network {
  const products = productsOf(tf);
  let [shape, size] = [model.shape, 0];
  const layers = model.layers.map((layer) => {
    const made = layerOf(tf, products, layer, shape, size);
    shape = shapeAfter(layer, shape);
    size = made.bias + made.units;
    return made;
  });
  return { tf, products, layers, size };
}

/** The layer that takes rows of that shape, its parameters from `kernel` on. Throws RangeError for one of PyTorch's. */
function layerOf(tf: Tf, products: Products, layer: Layer, shape: readonly number[], kernel: number): NetworkLayer {
  if (layer.kind === 'dense')
    return denseLayer(tf, products, sizeOf(shape), layer.units, layer.activation === 'relu', kernel);
  const image = imageOf(shape);
  if (layer.kind === 'conv') return convLayer(tf, products, image, layer.units, kernel);
  if (layer.kind === 'maxpool') return maxpoolLayer(image, kernel);
  throw new RangeError(`networkOf: a layer ${layer.kind} is trained by the engine torch alone`);
}

/** Throws RangeError unless these are weights of that model: names, shapes and lengths, in order. */
export function flatten(model: ModelCard, weights: Weights): Float32Array {
  if (weights.length !== model.weights.length)
    throw new RangeError(`${weights.length} weights, where model ${model.id} has ${model.weights.length}`);
  const flat = new Float32Array(model.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  let offset = 0;
  for (const [index, { name, shape }] of model.weights.entries()) {
    const given = weights[index]!;
    if (given.name !== name || given.data.length !== sizeOf(shape) || `${given.shape}` !== `${shape}`)
      throw new RangeError(
        `weight ${index} is ${given.name} [${given.shape}] of ${given.data.length}, where model ${model.id} has ${name} [${shape}]`,
      );
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

/**
 * The input of every layer, and the logits. Pixels are in their own units (0 … scale) and stay whole numbers: the first
 * layer's product is divided by `scale` afterwards. The caller disposes the inputs.
 */
export function forward(
  network: Network,
  parameters: Float32Array,
  pixels: Matrix,
  scale: number,
): { inputs: Matrix[]; logits: Float32Array } {
  const inputs = [pixels];
  for (const [index, layer] of network.layers.entries()) {
    const output = layer.forward(inputs[index]!, parameters, index === 0 ? scale : 1);
    if (index < network.layers.length - 1) inputs.push(output);
    else {
      const logits = output.values;
      output.dispose();
      return { inputs, logits };
    }
  }
  throw new RangeError('forward: a model without layers');
}
