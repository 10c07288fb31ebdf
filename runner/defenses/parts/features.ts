/** Those rows of a matrix of that width, less their mean. [rows, width] */
export function centered(matrix: Float32Array, width: number, rows: readonly number[]): Float32Array {
  const mean = new Float64Array(width);
  for (const row of rows) for (let column = 0; column < width; column++) mean[column]! += matrix[row * width + column]! / rows.length;
  const difference = new Float32Array(rows.length * width);
  for (const [place, row] of rows.entries())
    for (let column = 0; column < width; column++) difference[place * width + column] = matrix[row * width + column]! - mean[column]!;
  return difference;
}
