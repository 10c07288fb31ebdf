import type { Layer, ModelCard, Recipe } from '../../lib/benchmark/defense.ts';

/** A perceptron's card: hidden layers of those widths with ReLU, then one linear output per class. Weights `dense0/kernel` [in, out], `dense0/bias` [out], … */
export function perceptron(id: string, hidden: readonly number[], shape: readonly number[], classes: number, recipe: Recipe): ModelCard {
  const layers = [
    ...hidden.map((units): Layer => ({ kind: 'dense', units, activation: 'relu' })),
    { kind: 'dense', units: classes, activation: 'linear' } satisfies Layer,
  ];
  let width = shape.reduce((product, size) => product * size, 1);
  const weights = layers.flatMap(({ units }, index) => {
    const kernel = { name: `dense${index}/kernel`, shape: [width, units] };
    width = units;
    return [kernel, { name: `dense${index}/bias`, shape: [units] }];
  });
  return { id, layers, weights, recipe };
}
