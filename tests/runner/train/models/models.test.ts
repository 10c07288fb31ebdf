import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ModelId, modelNamed } from '../../../../lib/catalog/models/index.ts';
import { coreRecipe } from '../../../../lib/catalog/recipes.ts';
import { TaskFile } from '../../../../lib/contract/task.ts';
import { modelCard } from '../../../../runner/train/models/index.ts';

/** `resnet-9`; tests/runner/python/test_models.py reads it too. */
const fixture = new URL('../../../fixtures/resnet-9.json', import.meta.url);

const recipe = coreRecipe('fashion-mnist');
type Named = { readonly name: string; readonly shape: readonly number[] };

/** Trained by every engine. */
const usual = ModelId.options.filter((id) => !modelNamed(id).needsGpu);

describe.each(usual)('model %s', (id) => {
  const card = modelCard(id, [28, 28, 1], 10, recipe);

  test('is a card as a job folder holds it', () => {
    expect(TaskFile.shape.model.parse(card)).toEqual(card);
  });

  test('takes the rows and gives one output per class, each dense layer’s inputs being what the one before gives', () => {
    expect(card.shape).toEqual([28, 28, 1]);
    expect(card.layers.at(-1)).toEqual({ kind: 'dense', units: 10, activation: 'linear' });
    const [kernels, biases] = ['kernel', 'bias'].map((part) =>
      card.weights.filter(({ name }) => name.endsWith(part)),
    ) as [Named[], Named[]];
    const withWeights = [...card.layers.entries()].flatMap(([place, layer]) =>
      'units' in layer ? [{ ...layer, place }] : [],
    );
    for (const [index, { kind, units, place }] of withWeights.entries()) {
      expect([kernels[index]!.name, biases[index]!.name]).toEqual([`${kind}${place}/kernel`, `${kind}${place}/bias`]);
      expect([kernels[index]!.shape.at(-1), biases[index]!.shape]).toEqual([units, [units]]);
      if (kind === 'dense' && withWeights[index - 1]?.kind === 'dense')
        expect(kernels[index]!.shape[0]).toBe(withWeights[index - 1]!.units);
    }
  });
});

test('cnn is the one of Hong et al.: 3 × 3 windows, same size, halved once, 256 hidden units', () => {
  const { weights } = modelCard('cnn', [28, 28, 1], 10, recipe);
  const shapes = Object.fromEntries(
    weights.filter(({ name }) => name.endsWith('kernel')).map(({ name, shape }) => [name, shape]),
  );
  expect(shapes).toEqual({
    'conv0/kernel': [3, 3, 1, 16],
    'conv1/kernel': [3, 3, 16, 32],
    'dense3/kernel': [14 * 14 * 32, 256],
    'dense4/kernel': [256, 10],
  });
});

test('resnet-9, whose layers PyTorch alone trains, is the one of the package in Python', () => {
  const card = TaskFile.shape.model.parse(JSON.parse(readFileSync(fixture, 'utf8')));
  expect(modelCard('resnet-9', card.shape, 10, card.recipe)).toEqual(card);
});

test('cnn takes color images too, and refuses rows that are no images', () => {
  expect(modelCard('cnn', [32, 32, 3], 10, recipe).weights[0]).toEqual({ name: 'conv0/kernel', shape: [3, 3, 3, 16] });
  expect(() => modelCard('cnn', [100], 100, recipe)).toThrow('[100]');
});

test('have so many parameters: 7,850, 101,770 and 269,322, and cnn 1,613,258', () => {
  const sizes = usual.map((id) =>
    modelCard(id, [28, 28, 1], 10, recipe).weights.reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    ),
  );
  expect(sizes).toEqual([7850, 101_770, 269_322, 1_613_258]);
});
