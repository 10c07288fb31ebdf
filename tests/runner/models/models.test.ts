import { describe, expect, test } from 'vitest';
import { ModelId } from '../../../lib/benchmark/ids.ts';
import { coreRecipe } from '../../../lib/benchmark/recipes.ts';
import { TaskFile } from '../../../lib/benchmark/task.ts';
import { modelCard } from '../../../runner/models/index.ts';

const recipe = coreRecipe('fashion-mnist');

describe.each(ModelId.options)('model %s', (id) => {
  const card = modelCard(id, [28, 28, 1], 10, recipe);

  test('is a card as a job folder holds it', () => {
    expect(TaskFile.shape.model.parse(card)).toEqual(card);
  });

  test('takes the rows and gives one output per class, each layer’s inputs being the one before’s units', () => {
    const kernels = card.weights.filter(({ name }) => name.endsWith('kernel'));
    expect(kernels[0]!.shape[0]).toBe(784);
    expect(card.layers.at(-1)).toEqual({ kind: 'dense', units: 10, activation: 'linear' });
    for (const [index, { units }] of card.layers.entries()) {
      expect(kernels[index]).toEqual({ name: `dense${index}/kernel`, shape: [kernels[index]!.shape[0], units] });
      expect(card.weights[2 * index + 1]).toEqual({ name: `dense${index}/bias`, shape: [units] });
      if (index > 0) expect(kernels[index]!.shape[0]).toBe(card.layers[index - 1]!.units);
    }
  });
});

test('have the sizes of DESIGN: 7,850, 101,770 and 269,322 parameters', () => {
  const sizes = ModelId.options.map((id) =>
    modelCard(id, [28, 28, 1], 10, recipe).weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
  );
  expect(sizes).toEqual([7850, 101_770, 269_322]);
});
