import type { FilterDefense, LabeledSet } from '../../../lib/contract/defense.ts';
import { highest, leavingOut, rowsByLabel } from '../parts/labels.ts';

/** This share of each label's rows is outside its sphere, and as much outside its slab. Two sets that may overlap: 5 to 10 % in all. */
const share = 0.05;

/**
 * Sphere and slab: leaves out the rows farthest from their label's center, and those farthest from it along the line to the nearest other center.
 * Centers are medians, pixel by pixel, which poison moves less than means. Steinhardt, Koh and Liang 2017, https://arxiv.org/abs/1706.03691
 */
export default {
  filter(train: LabeledSet) {
    const byLabel = rowsByLabel(train);
    const centers = byLabel.map((rows) => medians(train, rows));
    const out = byLabel.flatMap((rows, label) => {
      const center = centers[label]!;
      const others = centers.filter((_, other) => other !== label && byLabel[other]!.length > 0);
      const differences = rows.map((row) => difference(train, row, center));
      const sphere = highest(rows, differences.map(squareOf), share * rows.length);
      const axis = nearest(others.map((other) => center.map((value, pixel) => value - other[pixel]!)));
      const slab = axis
        ? highest(
            rows,
            differences.map((values) => Math.abs(dot(values, axis))),
            share * rows.length,
          )
        : [];
      return [...sphere, ...slab];
    });
    return leavingOut(out, train.n);
  },
} satisfies FilterDefense;

/** By counting: pixels are bytes. */
function medians({ x, n }: LabeledSet, rows: readonly number[]): Float64Array {
  const size = x.length / n;
  const counts = new Uint32Array(256 * size);
  for (const row of rows) for (let pixel = 0; pixel < size; pixel++) counts[256 * pixel + x[row * size + pixel]!]!++;
  return Float64Array.from({ length: size }, (_, pixel) => {
    let value = 0;
    for (let below = counts[256 * pixel]!; below < rows.length / 2; below += counts[256 * pixel + value]!) value++;
    return value;
  });
}

const difference = ({ x, n }: LabeledSet, row: number, center: Float64Array) => center.map((value, pixel) => x[(row * x.length) / n + pixel]! - value);

const nearest = (axes: readonly Float64Array[]): Float64Array | undefined =>
  axes.reduce<Float64Array | undefined>((best, axis) => (best && squareOf(best) <= squareOf(axis) ? best : axis), undefined);

const squareOf = (values: Float64Array) => dot(values, values);

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
