import type { Recipe } from '../../lib/contract/defense.ts';
import type { Term } from './gradient.ts';

/** Moves the parameters in place by one gradient, a sum of at most two terms, at that learning rate. */
export type Optimizer = (parameters: Float32Array, gradient: readonly Term[], learningRate: number) => void;

/**
 * What an optimizer remembers from step to step, changed in place. SGD remembers its velocity; Adam remembers the mean,
 * the mean square, and the powers of its two decays. A run that continues with a copy goes on as if it had not stopped.
 */
export type Memory = { readonly slots: readonly Float32Array[]; readonly powers: Float64Array };

export const freshMemory = ({ optimizer }: Pick<Recipe, 'optimizer'>, size: number): Memory => ({
  slots: Array.from({ length: optimizer === 'sgd' ? 1 : 2 }, () => new Float32Array(size)),
  powers: Float64Array.of(1, 1),
});

export const copyOf = ({ slots, powers }: Memory): Memory => ({
  slots: slots.map((slot) => slot.slice()),
  powers: powers.slice(),
});

export function optimizerOf(
  recipe: Pick<Recipe, 'optimizer' | 'momentum' | 'weightDecay'>,
  size: number,
  memory = freshMemory(recipe, size),
): Optimizer {
  const { optimizer, momentum, weightDecay } = recipe;
  const wanted = optimizer === 'sgd' ? 1 : 2;
  if (memory.slots.length !== wanted || memory.slots.some((slot) => slot.length !== size))
    throw new RangeError(
      `optimizerOf: a memory of ${memory.slots.map((slot) => slot.length)} numbers, where ${optimizer} wants ${wanted} times ${size}`,
    );
  return optimizer === 'sgd' ? sgd(size, momentum, weightDecay, memory) : adam(size, weightDecay, memory);
}

/**
 * Heavy-ball momentum (Polyak 1964): v ← momentum·v + g + decay·w, w ← w − ηv. State and parameters are float32,
 * arithmetic between is float64.
 */
function sgd(size: number, momentum: number, decay: number, { slots }: Memory): Optimizer {
  const velocity = slots[0]!;
  const zeros = new Float32Array(size);
  return (parameters, [first, second], rate) => {
    if (decay === 0 && !second)
      moveByOne(parameters, velocity, first?.values ?? zeros, momentum, first?.factor ?? 0, rate);
    else {
      const factors = [first?.factor ?? 0, second?.factor ?? 0] as const;
      moveByTwo(
        parameters,
        velocity,
        first?.values ?? zeros,
        second?.values ?? zeros,
        momentum,
        ...factors,
        decay,
        rate,
      );
    }
  };
}

/** Numbers and arrays are its own parameters: read from an object in the loop, they cost as much again. */
function moveByOne(
  parameters: Float32Array,
  velocity: Float32Array,
  values: Float32Array,
  momentum: number,
  factor: number,
  rate: number,
): void {
  for (let index = 0; index < parameters.length; index++) {
    const next = momentum * velocity[index]! + factor * values[index]!;
    velocity[index] = next;
    parameters[index]! -= rate * next;
  }
}

function moveByTwo(
  parameters: Float32Array,
  velocity: Float32Array,
  a: Float32Array,
  b: Float32Array,
  momentum: number,
  factorA: number,
  factorB: number,
  decay: number,
  rate: number,
): void {
  for (let index = 0; index < parameters.length; index++) {
    const gradient = factorA * a[index]! + factorB * b[index]!;
    const next = momentum * velocity[index]! + gradient + decay * parameters[index]!;
    velocity[index] = next;
    parameters[index]! -= rate * next;
  }
}

/**
 * Adam with β .9, .999 and ε 1e-8 outside of the bias correction (Kingma and Ba 2015, end of section 2,
 * https://arxiv.org/abs/1412.6980), as TensorFlow 1 had it.
 */
function adam(size: number, decay: number, { slots, powers }: Memory): Optimizer {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const [mean, square] = [slots[0]!, slots[1]!];
  const zero: Term = { values: new Float32Array(size), factor: 0 };
  return (parameters, [first = zero, second = zero], learningRate) => {
    const [{ values: a, factor: factorA }, { values: b, factor: factorB }] = [first, second];
    powers[0]! *= beta1;
    powers[1]! *= beta2;
    const rate = (learningRate * Math.sqrt(1 - powers[1]!)) / (1 - powers[0]!);
    for (let index = 0; index < size; index++) {
      const slope = factorA * a[index]! + factorB * b[index]! + decay * parameters[index]!;
      const meanNow = beta1 * mean[index]! + (1 - beta1) * slope;
      const squareNow = beta2 * square[index]! + (1 - beta2) * slope * slope;
      mean[index] = meanNow;
      square[index] = squareNow;
      parameters[index]! -= (rate * meanNow) / (Math.sqrt(squareNow) + epsilon);
    }
  };
}
