import type { Layer, ModelCard, Recipe } from '../../../lib/contract/defense.ts';
import { shapeAfter, sizeOf } from './shape.ts';

/**
 * The card of those layers for rows of that shape. Weights in order, named after the layer's kind and place among the
 * layers: `dense0/kernel` [in, out] and `dense0/bias` [out], `conv1/kernel` [3, 3, in, out] and `conv1/bias` [out];
 * with GroupNorm `norm1/scale` and `norm1/shift` [out] in place of a bias. Other layers have none.
 */
export function cardOf(id: string, layers: readonly Layer[], shape: readonly number[], recipe: Recipe): ModelCard {
  let given = shape;
  const weights = layers.flatMap((layer, index) => {
    const before = given;
    given = shapeAfter(layer, before);
    return weightsOf(layer, before).map(({ name: [kind, array], shape: size }) => ({
      name: `${kind}${index}/${array}`,
      shape: size,
    }));
  });
  return { id, shape, layers, weights, recipe };
}

type LayerWeight = { readonly name: readonly [kind: string, array: string]; readonly shape: readonly number[] };

/** Of a layer that takes rows of that shape. */
function weightsOf(layer: Layer, before: readonly number[]): LayerWeight[] {
  const window = (units: number) => [3, 3, before[2]!, units];
  switch (layer.kind) {
    case 'dense':
      return [
        { name: ['dense', 'kernel'], shape: [sizeOf(before), layer.units] },
        { name: ['dense', 'bias'], shape: [layer.units] },
      ];
    case 'conv':
      return [
        { name: ['conv', 'kernel'], shape: window(layer.units) },
        { name: ['conv', 'bias'], shape: [layer.units] },
      ];
    case 'conv-norm':
      return [
        { name: ['conv', 'kernel'], shape: window(layer.units) },
        { name: ['norm', 'scale'], shape: [layer.units] },
        { name: ['norm', 'shift'], shape: [layer.units] },
      ];
    default:
      return [];
  }
}
