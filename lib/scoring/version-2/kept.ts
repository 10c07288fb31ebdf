/** By class, the share of its clean test rows that are given their label. */
export type Recalls = readonly number[];

/** What a run leaves under an attack: the share of attacked rows given their true label, P, and its recalls. */
export type Left = { readonly robustAccuracy: number; readonly recalls: Recalls };

/** What a run under an attack is held against. */
export type Standard = {
  /** Recalls of the undefended model that was trained without poison. */
  readonly recalls: Recalls;
  /** That model's accuracy on the attacked rows: more than this is credited to nobody. */
  readonly cap: number;
  /** Classes that the attack leaves as they are. */
  readonly others: readonly number[];
};

/** So much recall of a class may be lost without a charge: ten points, without poison, and once more under attack. */
const allowance = 0.1;

/**
 * The recall that a class is held against. What an entry loses without poison too is the business of utility, up to
 * ten points.
 */
export const heldAgainst = (undefended: number, own: number): number =>
  Math.min(undefended, Math.max(own, undefended - allowance));

/** The largest loss of recall, above ten points, in a class that the attack leaves as it is. 0 where there is none. */
export const collateral = ({ recalls, others }: Standard, own: Recalls, left: Recalls): number =>
  Math.max(0, ...others.map((of) => heldAgainst(recalls[of]!, own[of]!) - left[of]! - allowance));

/**
 * What a run keeps under an attack: accuracy on the attacked rows, up to the clean undefended model's, less the
 * collateral. `own`: recalls of the entry's own run without poison.
 */
export const keptOf = (standard: Standard, own: Recalls, left: Left): number =>
  Math.min(left.robustAccuracy, standard.cap) - collateral(standard, own, left.recalls);

/**
 * What a failed run keeps: as much as one that calls every row wrong, and no more than the undefended run. No run keeps
 * less, so nobody is better off by failing.
 */
export const keptByFailure = (standard: Standard, own: Recalls, undefended: number): number =>
  Math.min(undefended, keptOf(standard, own, { robustAccuracy: 0, recalls: standard.recalls.map(() => 0) }));
