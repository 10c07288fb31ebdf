import type { BaselineId } from '../contract/ids.ts';

/**
 * A run of the Poisson-subsampled Gaussian mechanism, and its ε at δ for adding or removing one row: two upper bounds,
 * rounded up.
 */
export type PrivacyAccount = {
  /** C, and σ: the noise's standard deviation over C. */
  readonly clippingNorm: number;
  readonly noiseMultiplier: number;
  /** Expected size of a batch, of so many rows: q. */
  readonly batchSize: number;
  readonly rows: number;
  readonly steps: number;
  readonly delta: number;
  readonly rdp: number;
  readonly prv: number;
};

/** On FashionMNIST by the recipe `core`. */
const onFashionMnist = { batchSize: 256, rows: 60_000, steps: 702, delta: 1e-5 };

/** Of the baselines that are private; a test has both accountants of runner/train compute them again. */
export const privacyAccounts = {
  'dp-sgd': { clippingNorm: 1, noiseMultiplier: 0.5, ...onFashionMnist, rdp: 7.9, prv: 6.47 },
  'dp-sgd-c1-s1': { clippingNorm: 1, noiseMultiplier: 1, ...onFashionMnist, rdp: 1.04, prv: 0.63 },
  'dp-sgd-c1-s2': { clippingNorm: 1, noiseMultiplier: 2, ...onFashionMnist, rdp: 0.25, prv: 0.22 },
  'dp-sgd-c0.1-s1': { clippingNorm: 0.1, noiseMultiplier: 1, ...onFashionMnist, rdp: 1.04, prv: 0.63 },
} satisfies Partial<Record<BaselineId, PrivacyAccount>>;

export const privacyAccountOf = (baseline: BaselineId | null): PrivacyAccount | null =>
  (baseline && (privacyAccounts as Partial<Record<BaselineId, PrivacyAccount>>)[baseline]) ?? null;
