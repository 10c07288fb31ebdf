import type { Mean } from './table.ts';

/** `not shown`: the interval leaves both open, or what was measured cannot tell. */
export type FindingVerdict = 'holds' | 'fails' | 'not shown';

/** A claim of the paper, and whether our own numbers bear it out. */
export type Finding = {
  readonly claim: string;
  /** Null where it was not measured. */
  readonly verdict: FindingVerdict | null;
  /** With which numbers. */
  readonly answer: string;
  /** Why not, in one sentence, where it does not hold. */
  readonly note?: string;
};

/** Whether a difference is surely above this, surely not above it, or neither. Without an interval it is neither. */
export function surelyAbove({ low, high }: Pick<Mean, 'low' | 'high'>, bound = 0): FindingVerdict {
  if (low === null || high === null) return 'not shown';
  return low > bound ? 'holds' : high <= bound ? 'fails' : 'not shown';
}
