import type { Gradient } from '../../lib/benchmark/defense.ts';

/**
 * One coordinate per model parameter, in the order of the model's weights: factor · values, or zero where values is null.
 * Nothing is ever changed in place, so that a defense may keep one from step to step. Sums of squares and products are taken in float64.
 */
export class FlatGradient implements Gradient {
  readonly #values: Float32Array | null;
  readonly #factor: number;

  constructor(values: Float32Array | null, factor = 1) {
    this.#values = values;
    this.#factor = factor;
  }

  static readonly zero = new FlatGradient(null);

  /** What a stranger's code returned as a gradient, as [values, factor]; null if it is none of ours. */
  static partsOf(gradient: unknown): readonly [values: Float32Array | null, factor: number] | null {
    return typeof gradient === 'object' && gradient !== null && #values in gradient ? [gradient.#values, gradient.#factor] : null;
  }

  plus(other: Gradient): FlatGradient {
    const [a, b] = [this.#values, partsOf(other)[0]];
    if (!a) return other as FlatGradient;
    if (!b) return this;
    const [f, g] = [this.#factor, partsOf(other)[1]];
    const sum = new Float32Array(a.length);
    if (f === 1 && g === 1) for (let index = 0; index < sum.length; index++) sum[index] = a[index]! + b[index]!;
    else for (let index = 0; index < sum.length; index++) sum[index] = f * a[index]! + g * b[index]!;
    return new FlatGradient(sum);
  }

  times(factor: number): FlatGradient {
    return new FlatGradient(this.#values, this.#factor * Number(factor));
  }

  dot(other: Gradient): number {
    const [b, factor] = partsOf(other);
    const a = this.#values;
    if (!a || !b) return 0;
    let sum = 0;
    for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
    return sum * this.#factor * factor;
  }

  norm(): number {
    return Math.sqrt(this.dot(this));
  }
}

function partsOf(gradient: Gradient): readonly [values: Float32Array | null, factor: number] {
  const parts = FlatGradient.partsOf(gradient);
  if (!parts) throw new TypeError('a gradient of this step is wanted: one that sum() or noise() gave');
  return parts;
}
