import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowAt, rowSize } from '../../datasets/rows.ts';

/**
 * A sanitizer of a binary task calls rows outside of these outliers, so an attacker stays inside: the sphere ‖x − μ_y‖
 * ≤ r_y and the slab |⟨x − μ_y, μ_1 − μ_0⟩| ≤ s_y. Each holds the share `quantile` of each class. Pixels are not
 * scaled. Steinhardt, Koh, Liang 2017, https://arxiv.org/abs/1706.03691
 */
export type Region = {
  readonly means: readonly Float64Array[];
  readonly radii: readonly number[];
  readonly widths: readonly number[];
};

/** The quantile that Hong et al. 2020 attack under, https://arxiv.org/abs/2002.11497 */
export const usualQuantile = 0.65;

export function regionOf(clean: LabeledSet, quantile: number): Region {
  const means = classMeans(clean);
  const axis = between(means);
  const distances: number[][] = means.map(() => []);
  const heights: number[][] = means.map(() => []);
  clean.y.forEach((label, row) => {
    const { distance, height } = placeOf(rowAt(clean, row), means[label]!, axis);
    distances[label]!.push(distance);
    heights[label]!.push(height);
  });
  const cut = (values: number[]) => values.sort((a, b) => a - b)[Math.ceil(quantile * values.length) - 1]!;
  return { means, radii: distances.map(cut), widths: heights.map(cut) };
}

/**
 * Whether the row lies in sphere and slab of its label, around these means: the region's own, or those that poison has
 * moved.
 */
export function isInside(
  { radii, widths }: Region,
  means: readonly Float64Array[],
  pixels: Uint8Array,
  label: number,
): boolean {
  const { distance, height } = placeOf(pixels, means[label]!, between(means));
  return distance <= radii[label]! && height <= widths[label]!;
}

/** Poison of one label around these pixels: `share` of all poison rows. */
export type Group = { readonly label: number; readonly share: number; readonly pixels: ArrayLike<number> };

/** The means once k of the n rows, drawn at random, have given way to poison. */
export function poisonedMeans(
  { means }: Region,
  clean: LabeledSet,
  groups: readonly Group[],
  k: number,
): Float64Array[] {
  return means.map((mean, label) => {
    const left = clean.y.filter((y) => y === label).length * (1 - k / clean.n);
    const own = groups.filter((group) => group.label === label);
    const total = own.reduce((sum, { share }) => sum + share * k, left);
    return mean.map(
      (value, pixel) => own.reduce((sum, { share, pixels }) => sum + share * k * pixels[pixel]!, left * value) / total,
    );
  });
}

function classMeans(set: LabeledSet): Float64Array[] {
  const sums = Array.from({ length: set.classes }, () => new Float64Array(rowSize(set)));
  const counts = sums.map(() => 0);
  set.y.forEach((label, row) => {
    const sum = sums[label]!;
    counts[label]! += 1;
    rowAt(set, row).forEach((value, pixel) => {
      sum[pixel]! += value;
    });
  });
  return sums.map((sum, label) => sum.map((total) => total / counts[label]!));
}

const between = ([zero, one]: readonly Float64Array[]) => one!.map((value, pixel) => value - zero![pixel]!);

function placeOf(pixels: Uint8Array, mean: Float64Array, axis: Float64Array): { distance: number; height: number } {
  let [square, height] = [0, 0];
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const off = pixels[pixel]! - mean[pixel]!;
    square += off * off;
    height += off * axis[pixel]!;
  }
  return { distance: Math.sqrt(square), height: Math.abs(height) };
}
