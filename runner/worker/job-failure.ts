import { type FailCode, type FailRequest, limits } from '../../lib/contract/protocol.ts';
import { SiteProblem } from '../client/site-problem.ts';
import { firstBytes } from './first-bytes.ts';
import { Stopped } from './lease-clock.ts';

/** A job that this runner can't do, with the code that the site wants to hear. */
export class JobRefused extends Error {
  override name = 'JobRefused';
  constructor(
    readonly code: FailCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * What the site is told of a job that was stopped. Null where the lease is lost, so that there is nothing to give back.
 */
export function releaseOf(reason: unknown): FailRequest | null {
  const why = reason instanceof Stopped ? reason.why : 'drained';
  if (why === 'lease-lost') return null;
  const detail = why === 'cancelled' ? 'The job was cancelled.' : 'The runner was stopped.';
  return { class: 'released', code: why, detail };
}

/** What the site is told of a fault on our side. Null where the site has given the job to another. */
export function faultOf(error: Error): FailRequest | null {
  if (error instanceof SiteProblem && error.status === 409) return null;
  return { class: 'infra', code: codeOf(error), detail: firstBytes(error.message, limits.detailBytes) };
}

function codeOf(error: Error): FailCode {
  if (error instanceof JobRefused) return error.code;
  return error instanceof SiteProblem && error.status === 422 ? 'result-refused' : 'runner-broke';
}
