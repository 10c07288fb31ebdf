const rounds = 50;
/** Splits to begin with. */
const starts = 3;

/**
 * The places of the smaller of two clusters of points, given coordinate by coordinate. Lloyd's 2-means from the first axes' splits by sign; of what they end in,
 * the split with the least spread, of equals the first. Empty where all points are one.
 */
export function smallerOfTwo(axes: readonly Float64Array[]): number[] {
  const n = axes[0]!.length;
  const splits = axes.slice(0, starts).map((axis) =>
    settled(
      axes,
      Uint8Array.from(axis, (value) => Number(value > 0)),
    ),
  );
  const best = splits.reduce((least, split) => (split.spread < least.spread ? split : least));
  const ones = best.sides.reduce((sum, side) => sum + side, 0);
  const smaller = ones <= n - ones ? 1 : 0;
  return Array.from(best.sides.keys()).filter((place) => best.sides[place] === smaller);
}

function settled(axes: readonly Float64Array[], sides: Uint8Array): { sides: Uint8Array; spread: number } {
  let centers = centersOf(axes, sides);
  for (let round = 0; round < rounds; round++) {
    const next = sides.map((_, place) => Number(distance(axes, place, centers[1]) < distance(axes, place, centers[0])));
    if (next.every((side, place) => side === sides[place])) break;
    sides = next;
    centers = centersOf(axes, sides);
  }
  return { sides, spread: sides.reduce((sum, side, place) => sum + distance(axes, place, centers[side as 0 | 1]), 0) };
}

type Centers = readonly [number[], number[]];

function centersOf(axes: readonly Float64Array[], sides: Uint8Array): Centers {
  const ones = sides.reduce((sum, side) => sum + side, 0);
  const mean = (side: number, count: number) => axes.map((axis) => axis.reduce((sum, value, place) => (sides[place] === side ? sum + value : sum), 0) / count);
  return [mean(0, sides.length - ones), mean(1, ones)];
}

function distance(axes: readonly Float64Array[], place: number, center: readonly number[]): number {
  let sum = 0;
  for (let axis = 0; axis < axes.length; axis++) sum += (axes[axis]![place]! - center[axis]!) ** 2;
  return sum;
}
