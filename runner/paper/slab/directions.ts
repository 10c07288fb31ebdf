import { type ByClass, dot, minus, type Vector } from './feasible.ts';
import { addRow, along, type Rows } from './rows-of-set.ts';

/**
 * Along which poison points are sought: `means` apart, unscaled; the clean model's own direction and the data's first
 * principal one, of length 1. All orthogonal.
 */
export type Directions = { readonly apart: Vector; readonly model: Vector; readonly spread: Vector };

/** `weights`: a clean model's, towards class 1. */
export function directionsOf(clean: Rows, means: ByClass<Vector>, weights: Vector): Directions {
  const apart = minus(means[1], means[0]);
  const model = unit(without(weights, apart));
  return { apart, model, spread: principal(clean, means, [apart, model]) };
}

const powerIterations = 12;

/** The direction of largest variance around the classes' means, orthogonal to those given, by power iteration. */
function principal(clean: Rows, means: ByClass<Vector>, others: readonly Vector[]): Vector {
  const cut = (vector: Vector) => unit(others.reduce(without, vector));
  const meanOf = (row: number) => means[clean.y[row] === 1 ? 1 : 0];
  const first = meanOf(0).map((value) => -value);
  addRow(clean, 0, 1, first);
  let direction = cut(first);
  for (let pass = 0; pass < powerIterations; pass++) {
    const next = new Float64Array(clean.size);
    const ofMean = means.map((mean) => dot(mean, direction));
    let drawn: [number, number] = [0, 0];
    for (let row = 0; row < clean.n; row++) {
      const label = clean.y[row] === 1 ? 1 : 0;
      const factor = along(clean, row, direction) - ofMean[label]!;
      addRow(clean, row, factor, next);
      drawn = label === 1 ? [drawn[0], drawn[1] + factor] : [drawn[0] + factor, drawn[1]];
    }
    direction = cut(next.map((value, at) => value - drawn[0] * means[0][at]! - drawn[1] * means[1][at]!));
  }
  return direction;
}

function without(vector: Vector, direction: Vector): Vector {
  const along = dot(vector, direction) / dot(direction, direction);
  return vector.map((value, at) => value - along * direction[at]!);
}

function unit(vector: Vector): Vector {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}
