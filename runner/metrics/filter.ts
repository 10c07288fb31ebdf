import type { Metrics } from '../../lib/contract/metrics.ts';

export type FilterShares = Pick<Metrics, 'filterRecall' | 'filterFalsePositives'>;

/**
 * How much of the poison and of the clean rows these weights leave out, Σ (1 − w) / n each; null of what there is none,
 * and both for no filter.
 */
export function filterShares(weights: Float32Array | null, isPoison: Uint8Array): FilterShares {
  const rows = [0, 0]; // clean, poison
  const left = [0, 0];
  for (const [row, weight] of (weights ?? []).entries()) {
    rows[isPoison[row]!]! += 1;
    left[isPoison[row]!]! += 1 - weight;
  }
  const share = (of: 0 | 1) => (rows[of]! > 0 ? left[of]! / rows[of]! : null);
  return { filterRecall: share(1), filterFalsePositives: share(0) };
}
