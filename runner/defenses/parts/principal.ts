import type { Host } from '../../../lib/contract/defense.ts';

type Tensor2D = ReturnType<Host['tf']['tensor2d']>;

/** Enough for directions whose variances differ by a tenth; others are as good as each other. */
const rounds = 50;
/** The directions are found when a round gains less than this share of their variance. */
const tolerance = 1e-4;

/**
 * The top right singular vectors of a centered matrix, [n, width], as the rows of [count, width], orthonormal, largest first. Orthogonal iteration on the scatter
 * matrix, from the columns of its largest diagonal entries: no chance in it. Vectors of no variance are 0.
 */
export function principalDirections(tf: Host['tf'], matrix: Float32Array, width: number, count: number): Float64Array[] {
  let directions: Float64Array[] = [];
  tf.tidy(() => {
    const rows = tf.tensor2d(matrix, [matrix.length / width, width]);
    const scatter = tf.matMul<Tensor2D>(tf.transpose(rows), rows); // [width, width]
    const own = scatter.dataSync();
    const byVariance = Array.from({ length: width }, (_, column) => column).sort((a, b) => own[b * width + b]! - own[a * width + a]! || a - b);
    directions = byVariance.slice(0, count).map((column) => Float64Array.from(own.subarray(column * width, (column + 1) * width)));
    orthonormalize(directions);
    for (let round = 0, variance = 0; round < rounds; round++) {
      directions = throughScatter(tf, directions, scatter);
      const now = orthonormalize(directions);
      if (now - variance <= tolerance * now) break;
      variance = now;
    }
  });
  return directions;
}

/** scatter · direction for each; the scatter matrix is symmetric. Within the caller's `tidy`. */
function throughScatter(tf: Host['tf'], directions: readonly Float64Array[], scatter: Tensor2D): Float64Array[] {
  const width = scatter.shape[0];
  const rows = new Float32Array(directions.length * width);
  for (const [index, direction] of directions.entries()) rows.set(direction, index * width);
  const products = tf.matMul(tf.tensor2d(rows, [directions.length, width]), scatter).dataSync(); // [count, width]
  return directions.map((_, index) => Float64Array.from(products.subarray(index * width, (index + 1) * width)));
}

/** <row, direction> for every row of a matrix, [n]. */
export function along(matrix: Float32Array, direction: Float64Array): Float64Array {
  const width = direction.length;
  return Float64Array.from({ length: matrix.length / width }, (_, row) => {
    let sum = 0;
    for (let column = 0, at = row * width; column < width; column++, at++) sum += matrix[at]! * direction[column]!;
    return sum;
  });
}

/** Gram and Schmidt, in place; the sum of the lengths that were left. */
function orthonormalize(vectors: Float64Array[]): number {
  let total = 0;
  for (const [index, vector] of vectors.entries()) {
    for (const earlier of vectors.slice(0, index)) {
      const overlap = dot(vector, earlier);
      for (let at = 0; at < vector.length; at++) vector[at]! -= overlap * earlier[at]!;
    }
    const length = Math.sqrt(dot(vector, vector));
    total += length;
    for (let at = 0; at < vector.length; at++) vector[at] = length > 0 ? vector[at]! / length : 0;
  }
  return total;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
