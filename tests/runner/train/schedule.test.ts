import { expect, test } from 'vitest';
import { coreRecipe } from '../../../lib/catalog/recipes.ts';
import { learningRates } from '../../../runner/train/schedule.ts';

test("recipe core's rate at step t is .05 (1 + cos(πt/T))", () => {
  const rates = learningRates(coreRecipe('fashion-mnist'), 702);
  expect(rates).toHaveLength(702);
  for (const [step, rate] of rates.entries())
    expect(Math.abs(rate - 0.05 * (1 + Math.cos((Math.PI * step) / 702)))).toBeLessThan(1e-16);
});

test('a constant rate stays', () => {
  expect(Array.from(learningRates({ schedule: 'constant', learningRate: 0.3 }, 3))).toEqual([0.3, 0.3, 0.3]);
});
