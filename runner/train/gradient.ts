import type { Gradient } from '../../lib/contract/defense.ts';
import { requireFinite } from './finite.ts';

/** factor · values. */
export type Term = { readonly values: Float32Array; readonly factor: number };

/**
 * One coordinate per model parameter, in the order of the model's weights, as a sum of at most two terms: noise added
 * to a sum is only added up when the step is taken. No array is ever changed, so that a defense may keep a gradient
 * from step to step; looking at one changes nothing.
 */
export class FlatGradient implements Gradient {
  readonly #terms: readonly Term[];
  #whole: Term | undefined;

  constructor(terms: readonly Term[]) {
    this.#terms = terms.length > 2 ? [terms.reduce(written)] : terms;
  }

  static readonly zero = new FlatGradient([]);

  /** The terms, two at most, of what a stranger's code returned as a gradient; null if it is none of ours. */
  static termsOf(gradient: unknown): readonly Term[] | null {
    return typeof gradient === 'object' && gradient !== null && #terms in gradient ? gradient.#terms : null;
  }

  /** Written out as one term, undefined for zero. */
  static wholeOf(gradient: unknown, call = 'dot'): Term | undefined {
    if (typeof gradient !== 'object' || gradient === null || !(#terms in gradient))
      throw new TypeError(`${call}: a gradient of this training is wanted: one that sum() or noise() gave`);
    const terms = gradient.#terms;
    if (terms.length > 0) gradient.#whole ??= terms.reduce(written);
    return gradient.#whole;
  }

  plus(other: Gradient): FlatGradient {
    const terms = FlatGradient.termsOf(other);
    if (!terms) throw new TypeError('plus: a gradient of this training is wanted: one that sum() or noise() gave');
    return new FlatGradient([...this.#terms, ...terms]);
  }

  times(factor: number): FlatGradient {
    requireFinite(Number(factor), 'times: the factor');
    return new FlatGradient(
      this.#terms.map((term) => {
        const product = term.factor * Number(factor);
        requireFinite(product, `times: the product of the factors so far, with ${factor},`);
        return { values: term.values, factor: product };
      }),
    );
  }

  /** In float64. */
  dot(other: Gradient): number {
    const [a, b] = [FlatGradient.wholeOf(this), FlatGradient.wholeOf(other)];
    if (!a || !b) return 0;
    let sum = 0;
    for (let index = 0; index < a.values.length; index++) sum += a.values[index]! * b.values[index]!;
    return sum * a.factor * b.factor;
  }

  norm(): number {
    return Math.sqrt(this.dot(this));
  }
}

function written(a: Term, b: Term): Term {
  const values = new Float32Array(a.values.length);
  for (let index = 0; index < values.length; index++)
    values[index] = a.factor * a.values[index]! + b.factor * b.values[index]!;
  return { values, factor: 1 };
}
