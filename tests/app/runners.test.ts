import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as state from '../../app/api/v1/runners/[runner]/state/route.ts';
import { giveOrder } from '../../app/runners/actions.ts';
import type { TokenScope } from '../../lib/contract/ids.ts';
import { RunnerStateAnswer } from '../../lib/contract/runner-state.ts';
import { findRunner } from '../../lib/db/runners.ts';
import { createToken, scopesFor } from '../../lib/db/tokens.ts';
import { findUser, localIdentity, userOf } from '../../lib/db/users.ts';
import type { SignedIn, Viewer } from '../../lib/viewer.ts';
import { ask, verdictOf } from '../support/ask.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';

const cookie = vi.hoisted(() => ({ viewer: null as Viewer }));
vi.mock('../../lib/auth.ts', () => ({
  currentViewer: async () => cookie.viewer,
  requireViewer: async () => cookie.viewer,
}));
vi.mock('next/cache', () => ({ revalidatePath: () => {} }));

onPglite();

describe('an order to a runner', () => {
  let organizer: SignedIn;
  let researcher: SignedIn;
  beforeAll(async () => {
    organizer = (await findUser(await userOf(localIdentity)))!;
    researcher = (await findUser(await userOf({ provider: 'github', subject: 'ada', name: 'Ada', email: null })))!;
  });
  const tokenOf = (user: SignedIn, scopes: readonly TokenScope[]) => createToken(user, { name: 't', scopes, days: 1 });
  const post = (runner: string, json: unknown, token?: string) =>
    ask(state.POST, `/api/v1/runners/${runner}/state`, { json, params: { runner }, ...(token && { token }) });
  const drain = { order: 'drain', reason: 'It is moved.' };
  const formOf = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return form;
  };
  const none = { problem: null, done: null, draft: { runner: '', order: '', reason: '' } };

  it('by the API wants an organizer’s token with the scope runner-admin', async () => {
    const { id } = await queue.makeRunner();
    expect(await verdictOf(await post(id, drain))).toEqual([401, 'unauthenticated']);
    expect(await verdictOf(await post(id, drain, await tokenOf(organizer, ['read', 'submit'])))).toEqual([
      403,
      'forbidden',
    ]);
    expect(await verdictOf(await post(id, drain, await tokenOf(researcher, ['runner-admin'])))).toEqual([
      403,
      'forbidden',
    ]);
    expect((await findRunner(id))!.state).toBe('active');
    const answer = await post(id, drain, await tokenOf(organizer, scopesFor(organizer)));
    expect(RunnerStateAnswer.parse(await answer.json())).toMatchObject({ id, state: 'draining' });
  });

  it('by the API is refused where it is misshapen, does not fit, or names nobody', async () => {
    const { id } = await queue.makeRunner();
    const token = await tokenOf(organizer, ['runner-admin']);
    expect(await verdictOf(await post(id, { order: 'explode', reason: 'x' }, token))).toEqual([422, 'invalid']);
    expect(await verdictOf(await post(id, { order: 'drain', reason: ' ' }, token))).toEqual([422, 'invalid']);
    expect(await verdictOf(await post(id, { ...drain, order: 'activate' }, token))).toEqual([409, 'conflict']);
    expect(await verdictOf(await post('nobody', drain, token))).toEqual([404, 'not-found']);
  });

  it('by the page wants a tick, a reason and an organizer', async () => {
    const { id } = await queue.makeRunner();
    const whole = { runner: id, sure: 'on', order: 'quarantine', reason: 'It lies.' };
    cookie.viewer = organizer;
    const unsure = await giveOrder(none, formOf({ ...whole, sure: '' }));
    expect(unsure.problem).toContain('Tick the box');
    expect(unsure.draft).toEqual({ runner: id, order: 'quarantine', reason: 'It lies.' });
    expect((await giveOrder(none, formOf({ ...whole, reason: ' ' }))).problem).toContain('reason');
    for (const viewer of [null, researcher]) {
      cookie.viewer = viewer;
      expect((await giveOrder(none, formOf(whole))).done).toBeNull();
    }
    expect((await findRunner(id))!.state).toBe('active');
    cookie.viewer = organizer;
    expect((await giveOrder(none, formOf(whole))).done).toContain('is quarantined');
    expect((await findRunner(id))!.state).toBe('quarantined');
  });
});
