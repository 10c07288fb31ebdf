import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as one from '../../app/api/v1/submissions/[submission]/route.ts';
import * as many from '../../app/api/v1/submissions/route.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { SubmissionJson } from '../../lib/contract/api.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { standings } from '../../lib/db/standings.ts';
import { withdraw } from '../../lib/db/submissions.ts';
import { createToken } from '../../lib/db/tokens.ts';
import { findUser, userOf } from '../../lib/db/users.ts';
import { versionsOf } from '../../lib/db/versions.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { ask, verdictOf } from '../support/ask.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';

vi.mock('../../lib/auth.ts', () => ({ currentViewer: async () => null }));

onPglite();

const shape = readFileSync('runner/defenses/examples/shape.mjs', 'utf8');
let serial = 0;
const fresh = () => `${shape}// ${++serial}\n`;

describe('a new version of an entry', () => {
  let ada: SignedIn;
  let tokens: { ada: string; bob: string };
  let runner: queue.TestRunner;
  beforeAll(async () => {
    const someone = async (subject: string) =>
      (await findUser(await userOf({ provider: 'github', subject, name: subject, email: null })))!;
    ada = await someone('ada');
    const tokenOf = (user: SignedIn) => createToken(user, { name: 't', scopes: ['submit'], days: 1 });
    tokens = { ada: await tokenOf(ada), bob: await tokenOf(await someone('bob')) };
    runner = await queue.makeRunner();
  });
  beforeEach(() => queue.clearQueue());

  const post = (replaces?: string, token = tokens.ada, code = fresh()) =>
    ask(many.POST, '/api/v1/submissions', {
      json: { name: 'An entry', suite: 'smoke-1', code, ...(replaces && { replaces }) },
      token,
    });
  const submit = async (replaces?: string, token?: string) => {
    const answer = await post(replaces, token);
    expect(answer.status).toBe(201);
    return SubmissionJson.parse(await answer.json());
  };
  const show = async (id: string) =>
    SubmissionJson.parse(
      await (await ask(one.GET, `/api/v1/submissions/${id}`, { params: { submission: id } })).json(),
    );
  /** Everything that waits is evaluated; what it gives is the outcome, or scored. */
  const evaluate = async (outcome?: 'threw') => {
    for (;;) {
      const token = queue.newToken();
      const leased = await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token);
      if (!leased) return;
      const sealed = await queue.sealedBy(runner, queue.resultFor(leased, outcome ? { outcome } : {}));
      await completeJob(runner, queue.fenceOf(runner, leased, token), sealed);
    }
  };
  const onBoard = async () => (await standings(suiteNamed('smoke-1'))).map(({ submission }) => submission);

  it('links both ways, and every page has the whole line', async () => {
    const first = await submit();
    const second = await submit(first.id);
    const third = await submit(second.id.toUpperCase());
    expect([first.previous, second.previous, third.previous]).toEqual([null, first.id, second.id]);
    expect((await show(first.id)).next).toBe(second.id);
    expect((await show(second.id)).next).toBe(third.id);
    expect((await show(third.id)).next).toBeNull();
    for (const { id } of [first, second, third])
      expect((await versionsOf(id)).map((version) => version.id)).toEqual([first.id, second.id, third.id]);
  });

  it('is its owner’s alone to submit', async () => {
    const { id } = await submit();
    expect(await verdictOf(await post(id, tokens.bob))).toEqual([403, 'forbidden']);
    expect((await show(id)).next).toBeNull();
  });

  it('follows the newest one, so that the versions are a line: also of two at once', async () => {
    const first = await submit();
    const answers = await Promise.all([post(first.id), post(first.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = await post(first.id);
    expect(refused.status).toBe(409);
    expect(((await refused.json()) as { detail: string }).detail).toContain((await show(first.id)).next);
    expect(await versionsOf(first.id)).toHaveLength(2);
  });

  it('is refused for what is no submission, and for a module that is an entry already', async () => {
    expect(await verdictOf(await post('00000000-0000-4000-8000-000000000000'))).toEqual([404, 'not-found']);
    expect(await verdictOf(await post('nobody'))).toEqual([422, 'invalid']);
    const code = fresh();
    const { id } = (await (await post(undefined, tokens.ada, code)).json()) as { id: string };
    expect(await verdictOf(await post(id, tokens.ada, code))).toEqual([409, 'conflict']);
    const other = fresh();
    expect((await post(id, tokens.ada, other)).status).toBe(201);
    expect((await post(id, tokens.ada, other)).status).toBe(200);
  });

  it('takes the older one’s row on the board once it is scored there, and gives it back when it is withdrawn', async () => {
    const first = await submit();
    await evaluate();
    const second = await submit(first.id);
    expect(await onBoard()).toEqual(expect.arrayContaining([first.id, second.id]));
    await evaluate();
    expect(await onBoard()).toContain(second.id);
    expect(await onBoard()).not.toContain(first.id);
    const third = await submit(second.id);
    await evaluate('threw');
    expect(await onBoard()).toEqual(expect.arrayContaining([second.id, third.id]));
    await withdraw(second.id, ada, 'A mistake.');
    expect(await onBoard()).toEqual(expect.arrayContaining([first.id, third.id]));
    expect(await onBoard()).not.toContain(second.id);
  });
});
