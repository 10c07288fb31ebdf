/** A fault to plant: a text that occurs once in a file, and what stands there instead. */
export type Fault = {
  readonly id: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What it breaks, in one sentence. */
  readonly breaks: string;
  /** The test files that should see it. */
  readonly tests: readonly string[];
};

/** Faults of one file that the same tests should see: id, from, to, what it breaks. */
export const faultsIn = (
  file: string,
  tests: readonly string[],
  faults: readonly (readonly [id: string, from: string, to: string, breaks: string])[],
): Fault[] => faults.map(([id, from, to, breaks]) => ({ id, file, from, to, breaks, tests }));
