import type { Layer, ModelCard, Recipe } from '../../../lib/contract/defense.ts';
import { shapeAfter, sizeOf } from './shape.ts';

/**
 * The card of those layers for rows of that shape. Weights in order, named after the layer's kind and place among the
 * layers: `dense0/kernel` [in, out] and `dense0/bias` [out], `conv1/kernel` [3, 3, in, out] and `conv1/bias` [out], …;
 * a maxpool has none.
 */
export function cardOf(id: string, layers: readonly Layer[], shape: readonly number[], recipe: Recipe): ModelCard {
  let given = shape;
  const weights = layers.flatMap((layer, index) => {
    const before = given;
    given = shapeAfter(layer, before);
    if (layer.kind === 'maxpool') return [];
    const kernel = layer.kind === 'dense' ? [sizeOf(before), layer.units] : [3, 3, before[2]!, layer.units];
    return [
      { name: `${layer.kind}${index}/kernel`, shape: kernel },
      { name: `${layer.kind}${index}/bias`, shape: [layer.units] },
    ];
  });
  return { id, shape, layers, weights, recipe };
}
