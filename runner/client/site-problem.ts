import { NoAnswer } from '../errors.ts';

/** What may be there in a moment: a site that starts again, or one whose database does. */
export const isOutage = (error: unknown) =>
  error instanceof NoAnswer || (error instanceof SiteProblem && [502, 503, 504].includes(error.status));

/** The site said no: its problem document (RFC 9457) in one sentence. */
export class SiteProblem extends Error {
  override name = 'SiteProblem';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /**
   * What is refused is the answer to the question (1); a wrong call is the caller's (2); what the site could not do is
   * our side (3).
   */
  get exitCode(): 1 | 2 | 3 {
    if (this.status >= 500) return 3;
    return [409, 410, 413, 422, 429].includes(this.status) ? 1 : 2;
  }
}
