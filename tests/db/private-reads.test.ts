import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf, logsOf } from '../../lib/db/code-and-logs.ts';
import { quotaOf, requireQuota } from '../../lib/db/quota.ts';
import { endSessions, newSession, viewerOfSession } from '../../lib/db/sessions.ts';
import { findSubmission, submissionsOf, withdraw } from '../../lib/db/submissions.ts';
import { createToken, findToken, revokeToken, scopesFor, tokensOf } from '../../lib/db/tokens.ts';
import { deleteAccount, findUser } from '../../lib/db/users.ts';
import { requireContinuable } from '../../lib/db/versions.ts';
import { isApiToken } from '../../lib/secrets.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onPglite();

const person = async (name: string, role: SignedIn['role'] = 'researcher'): Promise<SignedIn> => ({
  id: await queue.makeUser(name),
  name,
  role,
  local: false,
});

let owner: SignedIn;
let other: SignedIn;
let organizer: SignedIn;
let submission: string;
beforeAll(async () => {
  owner = await person('Ada');
  other = await person('Ben');
  organizer = await person('Olga', 'organizer');
  const made = await queue.makeJobs(owner.id, [[queue.trial]], { code: '// secret' });
  submission = made.submissionId;
  const runner = await queue.makeRunner();
  await execute(sql`
    insert into attempts (job_id, attempt, runner_id, token_hash, log)
    values (${made.jobs[0]!}::uuid, 1, ${runner.id}::uuid, 'a hash', convert_to('It said so.', 'utf8'))`);
});

describe('what is one’s own', () => {
  it('a log is read by its owner and an organizer, not by another signed-in user or by nobody', async () => {
    expect(await logsOf(submission, owner)).toMatchObject([{ attempt: 1, text: 'It said so.' }]);
    expect(await logsOf(submission, organizer)).toHaveLength(1);
    expect(await logsOf(submission, other)).toEqual([]);
    expect(await logsOf(submission, null)).toEqual([]);
  });

  it('code without a score is read by its owner and an organizer, not by another signed-in user or by nobody', async () => {
    expect(await codeOf(submission, owner)).toBe('// secret');
    expect(await codeOf(submission, organizer)).toBe('// secret');
    expect(await codeOf(submission, other)).toBeNull();
    expect(await codeOf(submission, null)).toBeNull();
  });

  it('submissions are listed for their owner alone', async () => {
    expect((await submissionsOf(owner)).map(({ id }) => id)).toEqual([submission]);
    expect(await submissionsOf(other)).toEqual([]);
  });

  it('a submission is managed by its owner and an organizer, not by another signed-in user or by nobody', async () => {
    const seenBy = async (viewer: SignedIn | null) => {
      const found = await findSubmission(submission, viewer);
      return [found?.mine, found?.manageable];
    };
    expect(await seenBy(owner)).toEqual([true, true]);
    expect(await seenBy(organizer)).toEqual([false, true]);
    expect(await seenBy(other)).toEqual([false, false]);
    expect(await seenBy(null)).toEqual([false, false]);
    await expect(withdraw(submission, other, 'Not mine.')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('a new version comes from the owner, not from another signed-in user or an organizer', async () => {
    await requireContinuable(owner, submission);
    await expect(requireContinuable(other, submission)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(requireContinuable(organizer, submission)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('evaluations are counted for whoever asked', async () => {
    expect(await quotaOf(owner, queue.suite.id)).toMatchObject({ limit: 30, used: 1, left: 29 });
    expect(await quotaOf(other, queue.suite.id)).toMatchObject({ limit: 30, used: 0, left: 30 });
    await requireQuota(other, queue.suite.id);
  });

  it('a day has 5 evaluations of a core suite', async () =>
    expect(await quotaOf(owner, 'core-1')).toEqual({ limit: 5, used: 0, left: 5, nextAt: null }));
});

describe('a token', () => {
  const tokenOf = (viewer: SignedIn) => createToken(viewer, { name: 'Mine', scopes: ['read'], days: 1 });

  it('is listed for its owner and revoked by its owner, not by another signed-in user', async () => {
    const text = await tokenOf(owner);
    const [row] = await tokensOf(owner);
    expect(await tokensOf(other)).toEqual([]);
    await revokeToken(other, row!.id);
    expect(await findToken(text)).toEqual({ userId: owner.id, scopes: ['read'] });
    await revokeToken(owner, row!.id);
    expect(await findToken(text)).toBeNull();
  });

  it('is none once it has run out', async () => {
    const text = await tokenOf(owner);
    await execute(sql`update tokens set expires_at = now() - interval '1 second' where user_id = ${owner.id}::uuid`);
    expect(await findToken(text)).toBeNull();
  });

  it('is not kept as a text', async () => {
    const text = await tokenOf(owner);
    expect(isApiToken(text)).toBe(true);
    expect(await execute(sql`select 1 from tokens where hash = ${text}`)).toEqual([]);
  });

  it('orders runners for an organizer alone', () => {
    expect(scopesFor(organizer)).toContain('runner-admin');
    expect(scopesFor(owner)).not.toContain('runner-admin');
  });
});

describe('a session', () => {
  it('ends in all browsers, and another’s goes on', async () => {
    const [mine, theirs] = [await newSession(owner.id), await newSession(other.id)];
    expect((await viewerOfSession(mine))?.id).toBe(owner.id);
    await endSessions(owner);
    expect(await viewerOfSession(mine)).toBeNull();
    expect((await viewerOfSession(theirs))?.id).toBe(other.id);
  });

  it('is none of a deleted account', async () => {
    const gone = await person('Gus');
    const session = await newSession(gone.id);
    await deleteAccount(gone);
    expect(await viewerOfSession(session)).toBeNull();
    expect(await execute(sql`select 1 from sessions where user_id = ${gone.id}::uuid`)).toEqual([]);
    expect(await findUser(gone.id)).toBeNull();
  });
});
