import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import * as code from '../../app/api/chores/runner-code/route.ts';
import * as chore from '../../app/api/chores/sign-in-link/route.ts';
import * as many from '../../app/api/v1/submissions/route.ts';
import * as tokens from '../../app/api/v1/tokens/route.ts';
import { hasLocalLink } from '../../lib/auth.ts';
import { TokenAnswer } from '../../lib/contract/api.ts';
import { endSession, endSessions, newSession, viewerOfSession } from '../../lib/db/sessions.ts';
import { isSignInTokenGood } from '../../lib/db/sign-in.ts';
import { createToken, findToken, revokeToken, tokensOf } from '../../lib/db/tokens.ts';
import { deleteAccount, findUser, localIdentity, renameUser, userOf } from '../../lib/db/users.ts';
import { env } from '../../lib/env.ts';
import { isApiToken, newApiToken } from '../../lib/secrets.ts';
import { ask, verdictOf } from '../support/ask.ts';
import { onPglite } from '../support/pglite.ts';
import { execute } from '../support/sql.ts';

const data = await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(`${tmpdir()}/antidote-sign-in-`);
  process.env.ANTIDOTE_DATA = folder;
  return folder;
});

onPglite();

const secret = 'the-secret-of-the-chores';
writeFileSync(join(data, 'chores.secret'), `${secret}\n`);
const newLink = async () =>
  ((await (await ask(chore.POST, '/api/chores/sign-in-link', { json: {}, token: secret })).json()) as { link: string })
    .link;
const trade = (link: string, headers = {}) => ask(tokens.POST, '/api/v1/tokens', { json: { link }, headers });

describe('a sign-in link', () => {
  it('is traded once for a token that works', async () => {
    const link = await newLink();
    expect(link).toMatch(/^http:\/\/localhost:3000\/sign-in\?token=[A-Za-z0-9_-]{43}$/);
    const answer = await trade(link);
    expect(answer.status).toBe(201);
    const { token, user, scopes } = TokenAnswer.parse(await answer.json());
    expect([user, scopes]).toEqual(['Local researcher', ['read', 'submit', 'runner-admin']]);
    expect((await ask(many.GET, '/api/v1/submissions', { token })).status).toBe(200);
    expect(await verdictOf(await trade(link))).toEqual([410, 'gone']);
  });

  it('serves one of many who try at once', async () => {
    const link = await newLink();
    const answers = await Promise.all(Array.from({ length: 8 }, () => trade(link)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 410)]);
  });

  it('runs out after 15 minutes, and looking at it does not use it up', async () => {
    const link = await newLink();
    const token = new URL(link).searchParams.get('token')!;
    expect([await isSignInTokenGood(token), await isSignInTokenGood(token)]).toEqual([true, true]);
    const lives = sql`select distinct extract(epoch from expires_at - created_at)::int seconds from sign_in_links where used_at is null`;
    expect(await execute(lives)).toEqual([{ seconds: 900 }]);
    await execute(sql`update sign_in_links set expires_at = now() where used_at is null`);
    expect(await isSignInTokenGood(token)).toBe(false);
    expect(await verdictOf(await trade(link))).toEqual([410, 'gone']);
  });

  it.each(['', 'nonsense', 'http://localhost:3000/sign-in', 'http://localhost:3000/sign-in?token=', '%00'])(
    'that never was answers 410 or 422: %s',
    async (link) => {
      expect([410, 422]).toContain((await trade(link)).status);
    },
  );

  it('is nothing to a page whose name was pointed at this machine', async () => {
    const link = await newLink();
    expect(await verdictOf(await trade(link, { host: 'evil.example:3000' }))).toEqual([403, 'forbidden']);
    expect((await trade(link, { host: '127.0.0.1:3000' })).status).toBe(201);
  });

  it('is stored as a hash alone', async () => {
    const token = new URL(await newLink()).searchParams.get('token')!;
    expect(await execute(sql`select 1 from sign_in_links where hash = ${token}`)).toEqual([]);
  });
});

describe('a name that a provider tells', () => {
  const nameOf = async (name: string, subject: string) =>
    (await findUser(await userOf({ provider: 'github', subject, name, email: null })))!.name;

  it('is kept as a plain line, and is never one of the site’s own', async () => {
    expect(await nameOf('Ada\u202e \0Lovelace', '101')).toBe('Ada Lovelace');
    expect(await nameOf('x'.repeat(500), '102')).toBe('x'.repeat(80));
    expect(await nameOf('ANTID0TE', '103')).toBe('103');
    expect(await nameOf('\u200b', '104')).toBe('104');
    expect(await nameOf('Eve\u3164', '105')).toBe('105');
  });

  it('is not exchanged for one of the site’s own, or for none', async () => {
    const id = await userOf({ provider: 'github', subject: 'me', name: 'me', email: null });
    const me = (await findUser(id))!;
    for (const name of ['Antidote', ' \u202e', 'Withdrawn author', '\u2800', `a${'\u0301\u0300'.repeat(9)}`])
      await expect(renameUser(me, name)).rejects.toMatchObject({ code: 'invalid' });
    await renameUser(me, ' Ada\n');
    expect((await findUser(id))!.name).toBe('Ada');
  });
});

describe('where a provider is configured, or others can reach the site', () => {
  it.each([
    ['GitHub', { GITHUB_ID: 'id', GITHUB_SECRET: 'secret' }],
    ['ORCID', { ORCID_ID: 'id', ORCID_SECRET: 'secret' }],
    ['every address', { HOST: '0.0.0.0' }],
    ['an address of the network', { HOST: '192.168.1.2' }],
  ])('there are no links: %s', async (_, variables) => {
    const link = await newLink();
    const before = { ...env() };
    Object.assign(env(), variables);
    try {
      expect(hasLocalLink()).toBe(false);
      expect(
        (await ask(chore.POST, '/api/chores/sign-in-link', { json: {}, token: secret })).status,
      ).toBeGreaterThanOrEqual(401);
      expect((await trade(link)).status).toBeGreaterThanOrEqual(403);
    } finally {
      for (const name of Object.keys(variables)) delete (env() as Record<string, unknown>)[name];
      Object.assign(env(), before);
    }
  });
});

describe('chores', () => {
  it.each([
    ['no secret', {}],
    ['a wrong secret', { authorization: 'Bearer the-secret-of-the-chore' }],
    ['an empty secret', { authorization: 'Bearer ' }],
    ['another host', { authorization: `Bearer ${secret}`, host: 'evil.example' }],
  ])('are refused with %s', async (_, headers) => {
    for (const handler of [chore.POST, code.POST])
      expect([401, 403]).toContain((await ask(handler, '/api/chores/x', { json: {}, headers })).status);
  });
});

describe('API tokens', () => {
  const viewer = async () => (await findUser(await userOf(localIdentity)))!;

  it('have a prefix and a checksum: a typing error is seen without the database', () => {
    const token = newApiToken();
    expect(token).toMatch(/^antidote_[0-9A-Za-z]{38}$/);
    expect(isApiToken(token)).toBe(true);
    for (let at = 9; at < token.length; at++)
      expect(isApiToken(`${token.slice(0, at)}${token[at] === 'a' ? 'b' : 'a'}${token.slice(at + 1)}`)).toBe(false);
  });

  it('are stored as a hash alone, and their last use is noted', async () => {
    const me = await viewer();
    const token = await createToken(me, { name: 'noted', scopes: ['read'], days: 1 });
    expect(await execute(sql`select 1 from tokens where hash = ${token} or name = ${token}`)).toEqual([]);
    expect((await tokensOf(me)).find(({ name }) => name === 'noted')?.lastUsedAt).toBeNull();
    expect(await findToken(token)).toMatchObject({ userId: me.id, scopes: ['read'] });
    expect((await tokensOf(me)).find(({ name }) => name === 'noted')?.lastUsedAt).not.toBeNull();
  });

  it('end when they are revoked by their owner, and by nobody else', async () => {
    const me = await viewer();
    const token = await createToken(me, { name: 'revoked', scopes: ['read'], days: 1 });
    const { id } = (await tokensOf(me)).find(({ name }) => name === 'revoked')!;
    const other = (await findUser(await userOf({ provider: 'github', subject: 'other', name: 'other', email: null })))!;
    await revokeToken(other, id);
    for (const nonsense of ['', '-'.repeat(36), `${id}x`, '\0']) await revokeToken(me, nonsense);
    expect(await findToken(token)).not.toBeNull();
    await revokeToken(me, id);
    expect(await findToken(token)).toBeNull();
    expect((await tokensOf(me)).some((row) => row.id === id)).toBe(false);
  });

  it('run out', async () => {
    const token = await createToken(await viewer(), { name: 'short', scopes: ['read'], days: 1 });
    await execute(sql`update tokens set expires_at = now() - interval '1 second' where name = 'short'`);
    expect(await findToken(token)).toBeNull();
  });
});

describe('users', () => {
  it('are made once by many sign-ins at once, and never joined by e-mail', async () => {
    const identity = { provider: 'github', subject: '42', name: 'Ada', email: 'ada@example.org' };
    const ids = await Promise.all(Array.from({ length: 6 }, () => userOf(identity)));
    expect(new Set(ids).size).toBe(1);
    expect(await userOf({ ...identity, provider: 'orcid' })).not.toBe(ids[0]);
    const before = await execute(sql`select id from users`);
    expect(await userOf(identity)).toBe(ids[0]);
    expect(await execute(sql`select id from users`)).toEqual(before); // and nobody without an account
  });

  it('end all sessions of their own at once, and nobody else’s; one begun afterwards is good', async () => {
    const someone = async (subject: string) => userOf({ provider: 'github', subject, name: subject, email: null });
    const [ada, bob] = [await someone('session-ada'), await someone('session-bob')];
    const [first, second, bobs] = [await newSession(ada), await newSession(ada), await newSession(bob)];
    const token = await createToken((await findUser(ada))!, { name: 't', scopes: ['read'], days: 1 });
    const names = async () =>
      Promise.all([first, second, bobs].map(async (one) => (await viewerOfSession(one))?.name ?? null));
    expect(await names()).toEqual(['session-ada', 'session-ada', 'session-bob']);
    await endSessions((await viewerOfSession(first))!);
    expect(await names()).toEqual([null, null, 'session-bob']);
    expect((await viewerOfSession(await newSession(ada)))?.id).toBe(ada);
    expect(await findToken(token)).not.toBeNull();
  });

  it('end one session and keep the others', async () => {
    const ada = await userOf({ provider: 'github', subject: 'session-one', name: 'Ada', email: null });
    const [here, there] = [await newSession(ada), await newSession(ada)];
    await endSession(here);
    expect(await viewerOfSession(here)).toBeNull();
    expect((await viewerOfSession(there))?.id).toBe(ada);
  });

  it('have a session for 30 days, and the newest 100 of them', async () => {
    const ada = await userOf({ provider: 'github', subject: 'session-many', name: 'Ada', email: null });
    const aged = async (id: string, days: number) =>
      execute(sql`update sessions set created_at = now() - make_interval(days => ${days}::int) where id = ${id}::uuid`);
    const [old, oldest, next] = [await newSession(ada), await newSession(ada), await newSession(ada)];
    await aged(old, 30);
    expect(await viewerOfSession(old)).toBeNull();
    await aged(oldest, 29);
    await aged(next, 28);
    expect((await viewerOfSession(oldest))?.id).toBe(ada);
    for (let made = 0; made < 99; made++) await newSession(ada);
    expect(await execute(sql`select 1 from sessions where user_id = ${ada}::uuid`)).toHaveLength(100);
    expect(await viewerOfSession(oldest)).toBeNull();
    expect((await viewerOfSession(next))?.id).toBe(ada);
  });

  it('have no session once they deleted the account', async () => {
    const id = await userOf({ provider: 'github', subject: 'session-gone', name: 'x', email: null });
    const session = await newSession(id);
    await deleteAccount((await viewerOfSession(session))!);
    expect(await viewerOfSession(session)).toBeNull();
  });

  it('are organizers by name of provider and subject alone', async () => {
    const before = env().ANTIDOTE_ORGANIZERS;
    env().ANTIDOTE_ORGANIZERS = 'github:7, orcid:0000-0001';
    const role = async (provider: string, subject: string) =>
      (await findUser(await userOf({ provider, subject, name: 'x', email: null })))?.role;
    expect([await role('github', '7'), await role('orcid', '7'), await role('github', '77')]).toEqual([
      'organizer',
      'researcher',
      'researcher',
    ]);
    env().ANTIDOTE_ORGANIZERS = before;
  });
});
