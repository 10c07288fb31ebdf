/** A claim of the paper, and whether our own numbers bear it out. */
export type Finding = {
  readonly claim: string;
  /** Null where it was not measured. */
  readonly holds: boolean | null;
  /** With which numbers. */
  readonly answer: string;
  /** Why not, in one sentence, where it does not hold. */
  readonly note?: string;
};
