import type { Recipe } from '../../lib/benchmark/defense.ts';
import type { Term } from './gradient.ts';

/** Moves the parameters in place by one gradient, a sum of at most two terms, at that learning rate. */
export type Optimizer = (parameters: Float32Array, gradient: readonly Term[], learningRate: number) => void;

export const optimizerOf = ({ optimizer, momentum, weightDecay }: Pick<Recipe, 'optimizer' | 'momentum' | 'weightDecay'>, size: number): Optimizer =>
  optimizer === 'sgd' ? sgd(size, momentum, weightDecay) : adam(size, weightDecay);

/** Heavy-ball momentum (Polyak 1964): v ← momentum·v + g + decay·w, w ← w − ηv. State and parameters are float32, arithmetic between is float64. */
function sgd(size: number, momentum: number, decay: number): Optimizer {
  const velocity = new Float32Array(size);
  const zero = { values: new Float32Array(size), factor: 0 };
  return (parameters, [a = zero, b = zero], learningRate) => {
    if (decay === 0 && b === zero)
      for (let index = 0; index < size; index++) {
        const next = momentum * velocity[index]! + a.factor * a.values[index]!;
        velocity[index] = next;
        parameters[index]! -= learningRate * next;
      }
    else
      for (let index = 0; index < size; index++) {
        const next = momentum * velocity[index]! + (a.factor * a.values[index]! + b.factor * b.values[index]!) + decay * parameters[index]!;
        velocity[index] = next;
        parameters[index]! -= learningRate * next;
      }
  };
}

/** Adam with β .9, .999 and ε 1e-8 outside of the bias correction (Kingma and Ba 2015, end of section 2, https://arxiv.org/abs/1412.6980), as TensorFlow 1 had it. */
function adam(size: number, decay: number): Optimizer {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const [mean, square] = [new Float32Array(size), new Float32Array(size)];
  const zero = { values: new Float32Array(size), factor: 0 };
  let [power1, power2] = [1, 1];
  return (parameters, [a = zero, b = zero], learningRate) => {
    power1 *= beta1;
    power2 *= beta2;
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    for (let index = 0; index < size; index++) {
      const slope = a.factor * a.values[index]! + b.factor * b.values[index]! + decay * parameters[index]!;
      const first = beta1 * mean[index]! + (1 - beta1) * slope;
      const second = beta2 * square[index]! + (1 - beta2) * slope * slope;
      mean[index] = first;
      square[index] = second;
      parameters[index]! -= (rate * first) / (Math.sqrt(second) + epsilon);
    }
  };
}
