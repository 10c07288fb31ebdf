import type { Host } from '../../../lib/benchmark/defense.ts';

/** Enough for directions whose variances differ by a tenth; others are as good as each other. */
const rounds = 50;
/** The directions are found when a round gains less than this share of their variance. */
const tolerance = 1e-4;

/**
 * The top right singular vectors of a centered matrix, [n, width], as the rows of [count, width], orthonormal, largest first. Orthogonal iteration on the scatter
 * matrix, from the columns of its largest diagonal entries: no chance in it. Vectors of no variance are 0.
 */
export function principalDirections(tf: Host['tf'], matrix: Float32Array, width: number, count: number): Float64Array[] {
  const scatter = scatterOf(tf, matrix, width);
  const byVariance = Array.from({ length: width }, (_, column) => column).sort((a, b) => scatter[b * width + b]! - scatter[a * width + a]! || a - b);
  let directions: Float64Array[] = byVariance.slice(0, count).map((column) => Float64Array.from(scatter.subarray(column * width, (column + 1) * width)));
  orthonormalize(directions);
  for (let round = 0, variance = 0; round < rounds; round++) {
    directions = directions.map((direction) => product(scatter, direction));
    const now = orthonormalize(directions);
    if (now - variance <= tolerance * now) break;
    variance = now;
  }
  return directions;
}

/** matrixᵀ · matrix, [width, width]. Not returned through `tidy`, which would look for tensors in it number by number. */
function scatterOf(tf: Host['tf'], matrix: Float32Array, width: number): Float32Array {
  let scatter = new Float32Array();
  tf.tidy(() => {
    const rows = tf.tensor2d(matrix, [matrix.length / width, width]);
    scatter = Float32Array.from(tf.matMul(tf.transpose(rows), rows).dataSync());
  });
  return scatter;
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

/** scatter · direction; the scatter matrix is symmetric. */
const product = (scatter: Float32Array, direction: Float64Array) => along(scatter, direction);

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
