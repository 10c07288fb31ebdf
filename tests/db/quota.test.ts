import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { Card } from '../../lib/contract/card.ts';
import { oneAtATime } from '../../lib/db/client.ts';
import { quotaOf } from '../../lib/db/quota.ts';
import { newSignInToken } from '../../lib/db/sign-in.ts';
import { withdraw } from '../../lib/db/submissions.ts';
import { submit } from '../../lib/db/submit.ts';
import { createToken, revokeToken, tokensOf } from '../../lib/db/tokens.ts';
import { deleteAccount, findUser, userOf } from '../../lib/db/users.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

const shape = readFileSync('runner/defenses/examples/shape.mjs', 'utf8');
let serial = 0;

onEveryDriver(() => {
  let user: SignedIn;
  beforeAll(() => queue.clearQueue());
  beforeEach(async () => {
    user = { id: await queue.makeUser(), name: 'Ada', role: 'researcher', local: false };
  });
  const one = async () => {
    const request = {
      name: 'A defense',
      suite: 'core-1',
      language: 'javascript' as const,
      code: `${shape}// ${++serial}\n`,
      card: Card.parse({}),
    };
    for (;;)
      try {
        return await submit(user, request);
      } catch (error) {
        if ((error as { code?: string }).code !== 'unavailable') throw error; // a busy machine: sixty wait to be read
      }
  };

  it('of sixty submissions at once as many pass as the quota has, and of the others nothing is kept', async () => {
    const ends = await Promise.allSettled(Array.from({ length: 60 }, one));
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 55 }, () => 'too-many'));
    const kept = await execute(sql`select 1 from submissions where owner_id = ${user.id}::uuid`);
    expect(kept.length).toBe(5);
  });

  it('submissions that wait for each other leave connections to everybody else', async () => {
    let late = true;
    const all = Promise.all(Array.from({ length: 30 }, () => oneAtATime(() => execute(sql`select pg_sleep(0.01)`))));
    const asked = Promise.all(Array.from({ length: 5 }, () => execute(sql`select 1`))).then(() => {
      late = false;
    });
    await Promise.race([all, asked]);
    expect(late).toBe(false);
    await Promise.all([all, asked]);
  });

  it('whoever deletes the account and makes it again has the quota that was left, and nobody else has less', async () => {
    const identity = { provider: 'github', subject: `eve ${++serial}`, name: 'Eve', email: null };
    const signIn = async () => {
      user = (await findUser(await userOf(identity)))!;
    };
    await signIn();
    for (let n = 0; n < 2; n++) await one();
    await deleteAccount(user);
    await signIn();
    expect(await quotaOf(user, 'core-1')).toMatchObject({ used: 2, left: 3 });
    for (let n = 0; n < 3; n++) await one();
    await deleteAccount(user);
    await signIn();
    await expect(one()).rejects.toMatchObject({ code: 'too-many' });
    expect(await quotaOf(user, 'core-1')).toMatchObject({ used: 5, left: 0, nextAt: expect.any(String) });
    expect((await quotaOf(user, 'smoke-1')).used).toBe(0);
    user = (await findUser(await userOf({ ...identity, subject: `another ${serial}` })))!;
    expect((await quotaOf(user, 'core-1')).used).toBe(0);
  });

  it('what was withdrawn, or failed the suite before, has been counted', async () => {
    for (let n = 0; n < 5; n++) await withdraw((await one()).id, user, 'again');
    await expect(one()).rejects.toMatchObject({ code: 'too-many' });
    await execute(sql`update evaluations set refused = 'it failed' where requested_by = ${user.id}::uuid`);
    await expect(one()).rejects.toMatchObject({ code: 'too-many' });
  });

  it('a user has a hundred tokens at most, however many are asked for at once; a revoked one makes room', async () => {
    const make = () => createToken(user, { name: 't', scopes: ['read'], days: 1 });
    const ends = await Promise.allSettled(Array.from({ length: 110 }, make));
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 10 }, () => 'too-many'));
    await revokeToken(user, (await tokensOf(user))[0]!.id);
    await make();
    await expect(make()).rejects.toMatchObject({ code: 'too-many', message: expect.stringContaining('revoke one') });
  });

  it('sign-in links that have run out are swept when another one is made', async () => {
    await newSignInToken();
    await execute(sql`update sign_in_links set expires_at = now() - interval '61 minutes'`);
    await newSignInToken();
    expect((await execute(sql`select 1 from sign_in_links`)).length).toBe(1);
  });

  it('the smoke suites have one quota together', async () => {
    await submit(user, {
      name: 'Small',
      suite: 'smoke-1',
      language: 'javascript',
      code: `${shape}// ${++serial}\n`,
      card: Card.parse({}),
    });
    for (const suite of ['smoke-1', 'smoke-2'])
      expect(await quotaOf(user, suite)).toMatchObject({ limit: 30, used: 1, left: 29 });
    expect(await quotaOf(user, 'core-1')).toMatchObject({ used: 0, left: 5 });
  });

  it('what our side gave up is given back', async () => {
    const { id } = await one();
    expect(await quotaOf(user, 'core-1')).toMatchObject({ used: 1, left: 4 });
    await execute(sql`
      with job as (update jobs set state = 'dead', finished_at = now() where owner_id = ${user.id}::uuid returning id)
      insert into evaluation_jobs (evaluation_id, job_id)
      select e.id, job.id from evaluations e, job where e.submission_id = ${id}::uuid on conflict do nothing`);
    expect(await quotaOf(user, 'core-1')).toMatchObject({ used: 0, left: 5 });
  });
});
