import type { Gradient } from '../../lib/contract/defense.ts';
import { FlatGradient } from './gradient.ts';

/** The median of gradients of that size, coordinate by coordinate; of an even number the mean of the middle two. */
export function medianOf(gradients: readonly Gradient[], size: number): FlatGradient {
  if (!Array.isArray(gradients) || gradients.length === 0)
    throw new RangeError('median: a list of at least one gradient is wanted');
  const terms = gradients.map((gradient) => FlatGradient.wholeOf(gradient, 'median'));
  const values = new Float32Array(size);
  const sorted = new Float64Array(terms.length);
  const [low, high] = [(terms.length - 1) >> 1, terms.length >> 1];
  for (let index = 0; index < size; index++) {
    for (let from = 0; from < terms.length; from++) {
      const term = terms[from];
      const value = term ? term.factor * term.values[index]! : 0;
      let place = from;
      for (; place > 0 && sorted[place - 1]! > value; place--) sorted[place] = sorted[place - 1]!;
      sorted[place] = value;
    }
    values[index] = (sorted[low]! + sorted[high]!) / 2;
  }
  return new FlatGradient([{ values, factor: 1 }]);
}
