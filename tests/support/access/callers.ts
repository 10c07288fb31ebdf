import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type Route, routes } from '../../../lib/api/routes.ts';
import { leaseHeader, signRequest } from '../../../lib/contract/http-signature.ts';
import { TokenScope } from '../../../lib/contract/ids.ts';
import { createToken, findToken, revokeToken, tokensOf } from '../../../lib/db/tokens.ts';
import { findUser, userOf } from '../../../lib/db/users.ts';
import type { SignedIn, Viewer } from '../../../lib/viewer.ts';
import { origin } from '../ask.ts';
import { makeRunner, setRunnerState, type TestRunner } from '../queue.ts';
import { execute } from '../sql.ts';

/**
 * Who may come to a door. `wrongScope`, `expired` and `revoked` are tokens of an organizer, who may do most. The first
 * has every scope but the one that is wanted. `foreignPage` is the owner's cookie, sent by a page of another site.
 */
export const callers = [
  'nobody',
  'owner',
  'other',
  'organizer',
  'runner',
  'otherRunner',
  'wrongScope',
  'expired',
  'revoked',
  'foreignPage',
] as const;
export type Caller = (typeof callers)[number];

/** People are new for each question: what one does, the next does not see. The runners stay, and are active. */
export type Cast = {
  owner: SignedIn;
  other: SignedIn;
  organizer: SignedIn;
  runner: TestRunner;
  otherRunner: TestRunner;
};

export const makeRunners = async () => ({ runner: await makeRunner(), otherRunner: await makeRunner() });

export async function castWith(runners: Pick<Cast, 'runner' | 'otherRunner'>): Promise<Cast> {
  const [owner, other] = [await somebody('Owner'), await somebody('Other')];
  const { id } = await somebody('Organizer');
  await execute(sql`update users set role = 'organizer' where id = ${id}::uuid`);
  await setRunnerState(runners.runner.id, 'active');
  return { owner, other, organizer: (await findUser(id))!, ...runners };
}

const somebody = async (name: string) =>
  (await findUser(await userOf({ provider: 'github', subject: randomUUID(), name, email: null })))!;

/** The cookie that a caller brings, as the site reads it. */
export const cookieOf = (caller: Caller, { owner }: Cast): Viewer => (caller === 'foreignPage' ? owner : null);

type Asked = { method: string; url: string; body?: Uint8Array; lease?: string };

/** The headers by which the caller proves who it is. The lease token is in everybody's hands. */
export async function proofOf(
  caller: Caller,
  route: Route | null,
  asked: Asked,
  cast: Cast,
): Promise<Record<string, string>> {
  const lease: Record<string, string> = asked.lease ? { [leaseHeader]: asked.lease } : {};
  switch (caller) {
    case 'nobody':
      return lease;
    case 'foreignPage':
      return { ...lease, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    case 'runner':
    case 'otherRunner':
      return signRequest(asked, { id: cast[caller].id, privateKey: cast[caller].privateKey });
    default:
      return { ...lease, authorization: `Bearer ${await tokenOf(caller, route, cast)}` };
  }
}

async function tokenOf(caller: Caller, route: Route | null, cast: Cast): Promise<string> {
  const viewer = caller === 'owner' || caller === 'other' ? cast[caller] : cast.organizer;
  const wanted = TokenScope.safeParse(route?.for).data ?? 'read';
  const scopes = TokenScope.options.filter((scope) => caller !== 'wrongScope' || scope !== wanted);
  const token = await createToken(viewer, { name: caller, scopes, days: 1 });
  const { id } = (await tokensOf(viewer))[0]!;
  if (caller === 'revoked') await revokeToken(viewer, id);
  if (caller === 'expired')
    await execute(sql`update tokens set expires_at = now() - interval '1 second' where id = ${id}::uuid`);
  const good = caller !== 'revoked' && caller !== 'expired';
  if (((await findToken(token)) !== null) !== good) throw new Error(`the token of ${caller} is not as it should be`);
  return token;
}

export const routeOf = (name: string): Route | null =>
  (Object.entries<Route>(routes).find(([key]) => key === name) ?? [])[1] ?? null;

/** `GET /api/v1/suites/{suite}` with its parameters filled in. */
export const urlOf = (name: string, params: Record<string, string | string[]>, query = '') =>
  origin +
  name.replace(/^\w+ /, '').replace(/\{(\w+)\*?\}/g, (_, param) => [params[param] ?? []].flat().join('/')) +
  query;
