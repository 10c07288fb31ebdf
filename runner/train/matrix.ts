import type { Tf } from './tf.ts';

type Tensor2D = ReturnType<Tf['tensor2d']>;

/**
 * A matrix in JS memory whose copies inside the engine are made when first asked for, and kept until `dispose`. The
 * values must not change meanwhile.
 */
export class Matrix {
  #plain: Tensor2D | undefined;
  #turned: Tensor2D | undefined;

  constructor(
    readonly tf: Tf,
    readonly values: Float32Array,
    readonly rows: number,
    readonly columns: number,
  ) {}

  /** [rows, columns] */
  plain(): Tensor2D {
    this.#plain ??= this.tf.tensor2d(this.values, [this.rows, this.columns], 'float32');
    return this.#plain;
  }

  /** [columns, rows] */
  turned(): Tensor2D {
    this.#turned ??= this.tf.tensor2d(
      transposed(this.values, this.rows, this.columns),
      [this.columns, this.rows],
      'float32',
    );
    return this.#turned;
  }

  dispose(): void {
    this.#plain?.dispose();
    this.#turned?.dispose();
    this.#plain = undefined;
    this.#turned = undefined;
  }
}

/**
 * [rows, columns] → [columns, rows], eight columns at a time: the reads share a cache line, and the loop's checks are
 * shared by eight.
 */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  const whole = columns - (columns % 8);
  for (let column = 0; column < whole; column += 8)
    for (let to = column * rows, from = column; from < values.length; to++, from += columns) {
      turned[to] = values[from]!;
      turned[to + rows] = values[from + 1]!;
      turned[to + 2 * rows] = values[from + 2]!;
      turned[to + 3 * rows] = values[from + 3]!;
      turned[to + 4 * rows] = values[from + 4]!;
      turned[to + 5 * rows] = values[from + 5]!;
      turned[to + 6 * rows] = values[from + 6]!;
      turned[to + 7 * rows] = values[from + 7]!;
    }
  for (let column = whole; column < columns; column++)
    for (let to = column * rows, from = column; from < values.length; to++, from += columns) turned[to] = values[from]!;
  return turned;
}

/** The three products of a dense layer, each by the form that is fast on the engine at hand. Results are new arrays. */
export type Products = {
  /** a · b: [n, m] · [m, k] → [n, k] */
  product(a: Matrix, b: Matrix): Float32Array;
  /** aᵀ · b: [n, m], [n, k] → [m, k] */
  turnedLeft(a: Matrix, b: Matrix): Float32Array;
  /** a · bᵀ: [n, k], [m, k] → [n, m] */
  turnedRight(a: Matrix, b: Matrix): Float32Array;
};

/**
 * The fast kernel on wasm (XNNPACK) takes no transposed operands, and packs the right one anew for each product. So
 * operands are transposed here, and the small one stands on the right. With a large kernel the result is then
 * transposed; its bits are the same, since each number is the same sum. TensorFlow transposes by itself, and is fastest
 * with the narrow operand on the left.
 */
export function productsOf(tf: Tf): Products {
  const read = (tensor: ReturnType<Tf['matMul']>) => {
    const values = tensor.dataSync() as Float32Array;
    tensor.dispose();
    return values;
  };
  const product = (a: Matrix, b: Matrix) =>
    a.rows === 0 ? new Float32Array(0) : read(tf.matMul(a.plain(), b.plain()));
  if (tf.getBackend() === 'wasm')
    return {
      product,
      turnedLeft: (a, b) => read(tf.matMul(a.turned(), b.plain())),
      turnedRight(a, b) {
        if (a.rows === 0) return new Float32Array(0);
        if (b.rows <= 8 * a.rows) return read(tf.matMul(a.plain(), b.turned()));
        return transposed(read(tf.matMul(b.plain(), a.turned())), b.rows, a.rows);
      },
    };
  const narrow = 32;
  return {
    product,
    turnedLeft: (a, b) =>
      b.columns > narrow
        ? read(tf.matMul(a.plain(), b.plain(), true))
        : transposed(read(tf.matMul(b.plain(), a.plain(), true)), b.columns, a.columns),
    turnedRight: (a, b) => (a.rows === 0 ? new Float32Array(0) : read(tf.matMul(a.plain(), b.plain(), false, true))),
  };
}
