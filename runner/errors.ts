import type { FailureReason } from '../lib/contract/ids.ts';
import { plainLine } from './plain-text.ts';

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

/** A site was asked, and nothing came back. */
export class NoAnswer extends HarnessFault {}

/** A data set can't be had here. What needs it is left out and said to be; never is another one taken in its place. */
export class DataNotAvailable extends HarnessFault {
  constructor(
    readonly dataset: string,
    detail: string,
  ) {
    super(`Data set ${dataset}: data not available on this runner: ${detail}`);
  }
}

/** A module's failure is told in so many characters at most. */
export const detailLimit = 200;

/**
 * The module failed: a scored failure with its reason, and one sentence of detail for a person. The sentence may quote
 * a stranger: here it becomes one plain line and is cut.
 */
export class DefenseFailed extends Error {
  override name = 'DefenseFailed';
  readonly detail: string;
  constructor(
    readonly reason: Exclude<FailureReason, 'not-run'>,
    detail: string,
  ) {
    const line = plainLine(detail, detailLimit);
    super(`${reason}: ${line}`);
    this.detail = line;
  }
}
