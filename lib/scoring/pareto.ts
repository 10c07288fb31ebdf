/** Two numbers, more of either being better. */
export type Pair = { readonly x: number; readonly y: number };

/**
 * The points that none is better than in one number and as good in the other, from the largest x on: what one can have
 * of y without giving up x. Equal points are in it together.
 */
export function paretoFront<Point extends Pair>(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => b.x - a.x || b.y - a.y);
  let best = Number.NEGATIVE_INFINITY;
  let last: Point | null = null;
  return sorted.filter((point) => {
    const equal = last !== null && point.x === last.x && point.y === last.y;
    if (point.y <= best && !equal) return false;
    best = point.y;
    last = point;
    return true;
  });
}
