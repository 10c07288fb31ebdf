import { describe, expect, test } from 'vitest';
import { copyOf, freshMemory, optimizerOf } from '../../../runner/train/optimizer.ts';

const gradients = [
  [1, -2],
  [0.5, 0],
  [-1, 3],
];
const run = (recipe: Parameters<typeof optimizerOf>[0], rate: number) => {
  const optimize = optimizerOf(recipe, 2);
  const parameters = Float32Array.of(0.25, -0.5);
  for (const gradient of gradients) optimize(parameters, [{ values: Float32Array.from(gradient), factor: 0.5 }], rate);
  return Array.from(parameters);
};

describe('against the formulas in float64, coordinate by coordinate', () => {
  test.each([0, 0.01])('SGD with momentum .9 and weight decay %f', (decay) => {
    const wanted = [0.25, -0.5].map((start, place) => {
      let [w, v] = [start, 0];
      for (const gradient of gradients) {
        v = 0.9 * v + 0.5 * gradient[place]! + decay * w;
        w -= 0.1 * v;
      }
      return w;
    });
    for (const [place, value] of run({ optimizer: 'sgd', momentum: 0.9, weightDecay: decay }, 0.1).entries())
      expect(value).toBeCloseTo(wanted[place]!, 6);
  });

  test.each([0, 0.01])('Adam with weight decay %f', (decay) => {
    const wanted = [0.25, -0.5].map((start, place) => {
      let [w, m, s] = [start, 0, 0];
      for (const [index, gradient] of gradients.entries()) {
        const g = 0.5 * gradient[place]! + decay * w;
        m = 0.9 * m + 0.1 * g;
        s = 0.999 * s + 0.001 * g * g;
        w -= (0.1 * (Math.sqrt(1 - 0.999 ** (index + 1)) / (1 - 0.9 ** (index + 1))) * m) / (Math.sqrt(s) + 1e-8);
      }
      return w;
    });
    for (const [place, value] of run({ optimizer: 'adam', momentum: 0, weightDecay: decay }, 0.1).entries())
      expect(value).toBeCloseTo(wanted[place]!, 6);
  });

  test('a gradient of two terms is their sum', () => {
    for (const recipe of [
      { optimizer: 'sgd', momentum: 0.9, weightDecay: 0 },
      { optimizer: 'sgd', momentum: 0.9, weightDecay: 0.1 },
      { optimizer: 'adam', momentum: 0, weightDecay: 0.1 },
    ] as const) {
      const [a, b] = [Float32Array.of(1, 2), Float32Array.of(1, 2)];
      const terms = [
        { values: Float32Array.of(1, -2), factor: 0.5 },
        { values: Float32Array.of(3, 1), factor: -0.25 },
      ];
      optimizerOf(recipe, 2)(a, terms, 0.1);
      optimizerOf(recipe, 2)(b, [{ values: Float32Array.of(-0.25, -1.25), factor: 1 }], 0.1);
      expect(a).toEqual(b);
    }
  });

  test('no gradient is a gradient of zeros', () => {
    for (const optimizer of ['sgd', 'adam'] as const) {
      const recipe = { optimizer, momentum: 0.9, weightDecay: 0.1 };
      const [a, b] = [Float32Array.of(1, 2), Float32Array.of(1, 2)];
      optimizerOf(recipe, 2)(a, [], 0.1);
      optimizerOf(recipe, 2)(b, [{ values: new Float32Array(2), factor: 1 }], 0.1);
      expect(a).toEqual(b);
    }
  });

  test('with a copy of its memory another one goes on as if nothing had happened', () => {
    for (const optimizer of ['sgd', 'adam'] as const) {
      const recipe = { optimizer, momentum: 0.9, weightDecay: 0 };
      const step = (optimize: ReturnType<typeof optimizerOf>, parameters: Float32Array) =>
        optimize(parameters, [{ values: Float32Array.of(1, -2), factor: 1 }], 0.1);
      const memory = freshMemory(recipe, 2);
      const first = optimizerOf(recipe, 2, memory);
      const a = Float32Array.of(1, 2);
      step(first, a);
      const b = a.slice();
      const second = optimizerOf(recipe, 2, copyOf(memory));
      step(first, a);
      step(second, b);
      expect(b).toEqual(a);
    }
  });
});
