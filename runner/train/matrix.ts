import { firstNotFinite } from './finite.ts';
import type { Tf } from './tf.ts';

export type Tensor2D = ReturnType<Tf['tensor2d']>;

/**
 * A matrix in JS memory or inside the engine. What the other side needs is copied when first asked for, and kept until
 * `dispose`. The values must not change meanwhile.
 */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Whether it was made inside the engine. */
  readonly inEngine: boolean;
  readonly #tf: Tf;
  #values: Float32Array | undefined;
  #plain: Tensor2D | undefined;
  #turned: Tensor2D | undefined;
  #finite: boolean | undefined;

  /** Of a tensor it is the owner from then on. */
  constructor(tf: Tf, held: Float32Array | Tensor2D, rows: number, columns: number) {
    this.#tf = tf;
    this.rows = rows;
    this.columns = columns;
    this.inEngine = !(held instanceof Float32Array);
    if (held instanceof Float32Array) this.#values = held;
    else this.#plain = held;
  }

  get tf(): Tf {
    return this.#tf;
  }

  /** [rows · columns] */
  get values(): Float32Array {
    this.#values ??= this.#plain!.dataSync() as Float32Array;
    return this.#values;
  }

  get isFinite(): boolean {
    this.#finite ??= firstNotFinite(this.values) < 0;
    return this.#finite;
  }

  /** [rows, columns] */
  plain(): Tensor2D {
    this.#plain ??= this.#tf.tensor2d(this.values, [this.rows, this.columns], 'float32');
    return this.#plain;
  }

  /** [columns, rows] */
  turned(): Tensor2D {
    this.#turned ??= this.#tf.tensor2d(
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
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
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
