import { randomBytes, randomInt } from 'node:crypto';
import { and, eq, gt, isNull, not, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { deviceGrants } from '../../drizzle/schema.ts';
import { TokenScope } from '../contract/ids.ts';
import { AppError } from '../errors.ts';
import { hashOf } from '../secrets.ts';
import type { SignedIn } from '../viewer.ts';
import { countRows, db, execute } from './client.ts';
import { createToken, scopesFor } from './tokens.ts';
import { countTry, forgiveTry, type Trier } from './tries.ts';
import { textArray } from './values.ts';

/**
 * The device flow of RFC 8628: a program shows a short code, a person approves it on a page, and the program gets a
 * token.
 */

export const deviceSeconds = 600;
export const pollSeconds = 5;
export const tokenDays = 90;
/** Of codes that nobody has answered yet, for all addresses together. */
const openLimit = 2000;

const beginners = (address: string): Trier[] => [{ who: `address ${address}`, limit: 30 }];
/** Several people may share an address. */
const guessers = (user: SignedIn, address: string): Trier[] => [
  { who: `user ${user.id}`, limit: 8 },
  { who: `address ${address}`, limit: 40 },
];

/** Consonants that are not taken for each other or for digits, and spell no words: 20^8 codes. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';

/**
 * Codes for a program at this address. Throws `too-many`. Codes that ran out an hour ago are swept on the way.
 */
export async function beginDevice(
  scopes: readonly TokenScope[],
  address: string,
): Promise<{ deviceCode: string; userCode: string }> {
  await countTry('device-begin', beginners(address));
  const deviceCode = randomBytes(32).toString('base64url');
  const plain = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  const made = await countRows(sql`
    with swept as (
      delete from device_grants where device_hash in (
        select device_hash from device_grants where expires_at < now() - interval '1 hour' limit 50 for update skip locked)
    )
    insert into device_grants (device_hash, user_code_hash, scopes, expires_at)
    select ${hashOf(deviceCode)}, ${hashOf(plain)}, ${textArray(scopes)}, now() + make_interval(secs => ${deviceSeconds}::int)
    where (select count(*) from device_grants where expires_at > now() and user_id is null and not denied) < ${openLimit}::int
    returning device_hash`);
  if (made === 0)
    throw new AppError('too-many', 'Too many devices wait for an answer; try again in ten minutes.', {
      'retry-after': String(deviceSeconds),
    });
  return { deviceCode, userCode: `${plain.slice(0, 4)}-${plain.slice(4)}` };
}

/** As it was shown, however it was typed. */
const hashOfUserCode = (typed: string) => hashOf(typed.toUpperCase().replace(/[^A-Z]/g, ''));

/**
 * What the code that a person typed asks for; null for one that is wrong, has run out or was answered. Such a code
 * counts as a guess. Throws `too-many`.
 */
export async function scopesAsked(viewer: SignedIn, address: string, userCode: string): Promise<TokenScope[] | null> {
  await countTry('device-code', guessers(viewer, address));
  const [found] = await (await db())
    .select({ scopes: deviceGrants.scopes })
    .from(deviceGrants)
    .where(
      and(
        eq(deviceGrants.userCodeHash, hashOfUserCode(userCode)),
        gt(deviceGrants.expiresAt, sql`now()`),
        isNull(deviceGrants.userId),
        not(deviceGrants.denied),
      ),
    );
  if (found) await forgiveTry('device-code', guessers(viewer, address));
  return found?.scopes ?? null;
}

/**
 * The person's answer, which counts once. False where the code is wrong, has run out or was answered before: that is a
 * guess too. Throws `too-many`.
 */
export async function answerDevice(
  viewer: SignedIn,
  address: string,
  userCode: string,
  approved: boolean,
): Promise<boolean> {
  await countTry('device-code', guessers(viewer, address));
  const answered = await countRows(sql`
    update device_grants set user_id = ${viewer.id}::uuid, denied = ${!approved}::bool
    where user_code_hash = ${hashOfUserCode(userCode)} and expires_at > now() and user_id is null and not denied
    returning device_hash`);
  if (answered === 1) await forgiveTry('device-code', guessers(viewer, address));
  return answered === 1;
}

const Grant = z.object({
  scopes: z.array(TokenScope),
  userId: z.uuid().nullable(),
  denied: z.boolean(),
  used: z.boolean(),
  expired: z.boolean(),
  early: z.boolean(),
});

export type Poll =
  | { error: 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied' | 'invalid_grant' }
  | { userId: string; scopes: TokenScope[] };

/**
 * What the program is told. An approval is handed out once; asking more often than every five seconds is answered
 * `slow_down`.
 */
export async function pollDevice(deviceCode: string): Promise<Poll> {
  const hash = hashOf(deviceCode);
  const [grant] = await execute(
    Grant,
    sql`
    with before as (select * from device_grants where device_hash = ${hash} for update),
    asked as (
      update device_grants g set polled_at = now(), used_at = case when g.user_id is not null and not g.denied and g.expires_at > now() then coalesce(g.used_at, now()) end
      from before b where g.device_hash = b.device_hash)
    select scopes, user_id as "userId", denied, used_at is not null as used, expires_at <= now() as expired,
      coalesce(polled_at > now() - make_interval(secs => ${pollSeconds - 0.5}), false) as early
    from before`,
  );
  if (!grant) return { error: 'invalid_grant' };
  if (grant.denied) return { error: 'access_denied' };
  if (grant.expired || grant.used) return { error: 'expired_token' };
  if (grant.userId) return { userId: grant.userId, scopes: grant.scopes };
  return { error: grant.early ? 'slow_down' : 'authorization_pending' };
}

/** The token of an approved device: for what was asked and the person may give. */
export async function deviceToken(
  user: SignedIn,
  asked: readonly TokenScope[],
): Promise<{ token: string; scopes: TokenScope[]; seconds: number }> {
  const scopes = scopesFor(user).filter((scope) => asked.includes(scope));
  return {
    token: await createToken(user, { name: 'Command line', scopes, days: tokenDays }),
    scopes,
    seconds: tokenDays * 86_400,
  };
}

/** Of a space-separated list; unknown words are refused. */
export function parseScopes(text: string): TokenScope[] | null {
  const words = text.split(' ').filter((word) => word !== '');
  return z.array(TokenScope).safeParse(words).data ?? null;
}
