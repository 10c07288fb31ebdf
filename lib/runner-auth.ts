import 'server-only';
import { z } from 'zod';
import { leaseHeader, type SignatureProblem, signatureSeconds, verifyRequest } from './contract/http-signature.ts';
import { EnrolRequest, LeaseToken } from './contract/protocol.ts';
import type { Fence } from './db/attempts.ts';
import { findRunner, type Runner, takeNonce } from './db/runners.ts';
import { AppError } from './errors.ts';
import { bytesOf, jsonOf } from './http.ts';
import { ownOrigins } from './site-origin.ts';

export type RunnerRequest = { runner: Runner; body: Uint8Array };

const inWords: Record<SignatureProblem, string> = {
  unsigned: 'The request is not signed.',
  malformed:
    'The signature does not cover exactly the method, the target URI, the content digest and the lease token, with created, nonce, keyid and alg.',
  expired: 'The signature was made more than five minutes from now; check the clock.',
  'wrong-digest': 'The content digest is not the body’s.',
  'unknown-key': 'The signing key belongs to no runner.',
  'wrong-signature':
    'The signature does not fit the request: another key, another address than this site’s own, or a changed request.',
};

/**
 * The runner that signed this request, and the body, which has at most `limitBytes` and is read once the signature of
 * the head is right. Throws 401 unsigned or replayed, 403 quarantined or retired, 413.
 */
export async function requireRunner(request: Request, limitBytes = 65_536): Promise<RunnerRequest> {
  let runner: Runner | null = null;
  let body: Uint8Array = new Uint8Array();
  const read = async () => {
    body = await bytesOf(request, limitBytes);
    return body;
  };
  const verified = await verifyRequest(
    { method: request.method, urls: addressesOf(request), headers: request.headers, body: read },
    async (keyId) => {
      runner = z.uuid().safeParse(keyId).success ? await findRunner(keyId) : null;
      return runner?.publicKey ?? null;
    },
  );
  if (!verified.ok || !runner)
    throw new AppError('unauthenticated', inWords[verified.ok ? 'unknown-key' : verified.problem]);
  // A signature from the future is valid until five minutes after it says it was made: its nonce is kept as long.
  if (!(await takeNonce(verified.keyId, verified.nonce, 2 * signatureSeconds)))
    throw new AppError('unauthenticated', 'This signature has been used before.');
  const { state } = runner as Runner;
  if (state === 'quarantined') throw new AppError('quarantined', 'An organizer has quarantined this runner.');
  if (state === 'retired') throw new AppError('retired', 'An organizer has retired this runner, for ever.');
  return { runner, body };
}

/**
 * An enrolment that was signed with the key that it brings. Throws 401 otherwise: nobody enrols a key that is somebody
 * else's.
 */
export async function requireEnrolment(request: Request): Promise<EnrolRequest> {
  const body = await bytesOf(request, 65_536);
  const enrolment = jsonOf(body, EnrolRequest);
  const { publicKey } = enrolment;
  const verified = await verifyRequest(
    { method: request.method, urls: addressesOf(request), headers: request.headers, body: async () => body },
    async (keyId) => (keyId === publicKey ? publicKey : null),
  );
  if (verified.ok) return enrolment;
  const what =
    verified.problem === 'unknown-key' ? 'The keyid is not the public key in the body.' : inWords[verified.problem];
  throw new AppError('unauthenticated', `${what} An enrolment is signed with the key that it brings.`);
}

const Attempt = z.object({
  job: z.uuid(),
  attempt: z
    .string()
    .regex(/^[1-9]\d{0,9}$/)
    .transform(Number)
    .pipe(z.int().max(2_147_483_647)),
});

/**
 * Who asks, the attempt in the path and the token in the header: what every write about an attempt is conditional on.
 */
export async function requireFence(
  request: Request,
  params: Promise<unknown>,
  limitBytes?: number,
): Promise<{ fence: Fence } & RunnerRequest> {
  const signed = await requireRunner(request, limitBytes);
  const attempt = Attempt.safeParse(await params);
  if (!attempt.success) throw new AppError('not-found', 'There is no such attempt.');
  return { fence: { runner: signed.runner.id, ...attempt.data, token: leaseTokenOf(request) }, ...signed };
}

export function leaseTokenOf(request: Request): string {
  const token = LeaseToken.safeParse(request.headers.get(leaseHeader));
  if (!token.success) throw new AppError('bad-request', `The header ${leaseHeader} is missing, or is no lease token.`);
  return token.data;
}

export const leaseLost = () =>
  new AppError('lease-lost', 'This attempt does not hold the job any more: end the work on it at once.');

/**
 * The addresses that the request may have been signed for: this site's own. A signature made for another site is worth
 * nothing here.
 */
function addressesOf(request: Request): string[] {
  const { pathname, search } = new URL(request.url);
  return ownOrigins().map((origin) => `${origin}${pathname}${search}`);
}
