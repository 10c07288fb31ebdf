import type { FailureReason } from '../lib/contract/ids.ts';

/** The call is wrong: exit 2. The message is one sentence that says what was wanted. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Our side failed: exit 3, the job is retried elsewhere, and no defense is scored for it. The message says what to do.
 */
export class HarnessFault extends Error {
  override name = 'HarnessFault';
}

/** A data set can't be had here. What needs it is left out and said to be; never is another one taken in its place. */
export class DataNotAvailable extends HarnessFault {
  constructor(
    readonly dataset: string,
    detail: string,
  ) {
    super(`Data set ${dataset}: data not available on this runner: ${detail}`);
  }
}

/** The module failed: a scored failure with its reason, and one sentence of detail for a person. */
export class DefenseFailed extends Error {
  override name = 'DefenseFailed';
  constructor(
    readonly reason: Exclude<FailureReason, 'not-run'>,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}
