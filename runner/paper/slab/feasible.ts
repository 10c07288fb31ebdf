import { addRow, along, type Rows, squareOf } from './rows-of-set.ts';

/** Classes are 0 and 1; vectors are in pixels over scale. */
export type Vector = Float64Array;
export type ByClass<T> = readonly [T, T];

/** Of a poison: so many copies of one image under that label. */
export type SlabPoint = { readonly label: 0 | 1; readonly copies: number; readonly x: Uint8Array };

/**
 * What the sanitizer of Steinhardt, Koh, Liang 2017 (https://arxiv.org/abs/1706.03691) allows around each class's mean.
 */
export type Radii = {
  readonly means: ByClass<Vector>;
  readonly counts: ByClass<number>;
  readonly sphere: ByClass<number>;
  readonly slab: ByClass<number>;
};

export const dot = (a: Vector, b: Vector) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
export const minus = (a: Vector, b: Vector) => a.map((value, at) => value - b[at]!);

/** From clean data: of each class that quantile of ‖x − μ_y‖ and of |⟨x − μ_y, μ₁ − μ₀⟩|. */
export function radiiOf(clean: Rows, quantile: number): Radii {
  const members = [0, 1].map((label) => [...clean.y.keys()].filter((row) => clean.y[row] === label));
  const means = members.map((rows) => {
    const mean = new Float64Array(clean.size);
    for (const row of rows) addRow(clean, row, 1 / rows.length, mean);
    return mean;
  });
  const apart = minus(means[1]!, means[0]!);
  const at = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(quantile * (values.length - 1))]!;
  const both = <T>(of: (rows: number[], mean: Vector) => T): ByClass<T> => [
    of(members[0]!, means[0]!),
    of(members[1]!, means[1]!),
  ];
  return {
    means: both((_, mean) => mean),
    counts: both((rows) => rows.length),
    sphere: both((rows, mean) =>
      at(rows.map((row) => Math.sqrt(clean.squares[row]! - 2 * along(clean, row, mean) + squareOf(mean)))),
    ),
    slab: both((rows, mean) => at(rows.map((row) => Math.abs(along(clean, row, apart) - dot(mean, apart))))),
  };
}

/**
 * Whether every point lies in its class's sphere and slab, both taken around the means of clean rows *and* poison:
 * those move, and poison that pulls the means together makes the slab wider.
 */
export function isFeasible(
  { means, counts, sphere, slab }: Radii,
  points: readonly SlabPoint[],
  scale: number,
): boolean {
  const moved = ([0, 1] as const).map((label) => {
    const own = points.filter((point) => point.label === label);
    const n = own.reduce((sum, { copies }) => sum + copies, counts[label]);
    return means[label].map(
      (value, at) => own.reduce((sum, { copies, x }) => sum + (copies * x[at]!) / scale, counts[label] * value) / n,
    );
  });
  const apart = minus(moved[1]!, moved[0]!);
  return points.every(({ label, x }) => {
    const from = minus(
      Float64Array.from(x, (value) => value / scale),
      moved[label]!,
    );
    return Math.sqrt(squareOf(from)) <= sphere[label] && Math.abs(dot(from, apart)) <= slab[label];
  });
}
