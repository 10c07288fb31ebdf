import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowAt } from '../../datasets/rows.ts';

/**
 * Feature collision by interpolation. The first rows of one class are moved towards the first rows of another, (1 −
 * α)·x₀ + α·x₁, clipped and rounded. They keep the label of x₀ and are appended. At α = 1 each is the other row,
 * mislabeled. Hong et al. 2020, https://arxiv.org/abs/2002.11497
 */
export function featureCollision(
  clean: LabeledSet,
  { from, to, alpha, pairs }: { from: number; to: number; alpha: number; pairs: number },
): LabeledSet {
  const firstOf = (label: number) => [...clean.y.keys()].filter((row) => clean.y[row] === label).slice(0, pairs);
  const [bases, others] = [firstOf(from), firstOf(to)];
  if (bases.length < pairs || others.length < pairs)
    throw new RangeError(
      `featureCollision: ${pairs} pairs, the classes have ${bases.length} and ${others.length} rows`,
    );
  const rows = bases.map((row, pair) => {
    const other = rowAt(clean, others[pair]!);
    return rowAt(clean, row).map((value, at) =>
      Math.min(clean.scale, Math.max(0, Math.round((1 - alpha) * value + alpha * other[at]!))),
    );
  });
  const x = new Uint8Array(rows.reduce((sum, row) => sum + row.length, 0));
  for (const [pair, row] of rows.entries()) x.set(row, pair * row.length);
  return { ...clean, n: pairs, x, y: new Int32Array(pairs).fill(from) };
}
