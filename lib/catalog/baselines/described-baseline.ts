import type { Card } from '../../contract/card.ts';
import type { DefenseKind } from '../../contract/ids.ts';

/** ε of a run on so many rows: two upper bounds, rounded up. */
export type PrivacyBound = { readonly rows: number; readonly rdp: number; readonly prv: number };

/**
 * A run of the Poisson-subsampled Gaussian mechanism, and its ε at δ for adding or removing one row. A test has both
 * accountants of runner/train compute the bounds again.
 */
export type PrivacyAccount = {
  /** C, and σ: the noise's standard deviation over C. */
  readonly clippingNorm: number;
  readonly noiseMultiplier: number;
  /** Its expected size, and of all rows q. */
  readonly batchSize: number;
  readonly steps: number;
  readonly delta: number;
  readonly bounds: readonly PrivacyBound[];
};

export type DescribedBaseline = {
  readonly name: string;
  /** Where the name is too long. */
  readonly shortName: string;
  /** A control is made by the harness itself; the code of any other stands in runner/defenses/modules. */
  readonly kind: DefenseKind | 'control';
  readonly role: 'lower bracket' | 'upper bracket' | 'control' | 'reference';
  /** None was tuned on a held-out suite; what was chosen on public data says so. */
  readonly card: Partial<Card>;
  /** The first version of the score whose suites have a row of it in their reference table; 1 where none is named. */
  readonly scoring?: number;
  /**
   * Of an ensemble: so many members see a row. Its votes then certify so many times fewer rows. 1 where none is named.
   */
  readonly membersPerRow?: number;
  /** Of a private one. */
  readonly privacy?: PrivacyAccount;
};
