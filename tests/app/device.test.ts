import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import * as begin from '../../app/api/v1/device/route.ts';
import * as poll from '../../app/api/v1/device/token/route.ts';
import { DeviceAnswer, DeviceTokenAnswer } from '../../lib/contract/api.ts';
import { answerDevice, scopesAsked } from '../../lib/db/devices.ts';
import { findToken } from '../../lib/db/tokens.ts';
import { findUser, userOf } from '../../lib/db/users.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { ask } from '../support/ask.ts';
import { onPglite } from '../support/pglite.ts';
import { execute } from '../support/sql.ts';

onPglite();

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const grant = 'urn:ietf:params:oauth:grant-type:device_code';

describe('the device flow', () => {
  let ada: SignedIn;
  beforeAll(async () => {
    ada = (await findUser(await userOf({ provider: 'github', subject: 'ada', name: 'Ada', email: null })))!;
  });
  const start = async (scope = 'submit read') =>
    DeviceAnswer.parse(
      await (
        await ask(begin.POST, '/api/v1/device', { text: `client_id=antidote&scope=${scope}`, headers: form })
      ).json(),
    );
  const turn = (code: string, type = grant) =>
    ask(poll.POST, '/api/v1/device/token', {
      text: new URLSearchParams({ grant_type: type, device_code: code, client_id: 'antidote' }).toString(),
      headers: form,
    });
  const error = async (code: string, type?: string) => {
    const answer = await turn(code, type);
    return [answer.status, ((await answer.json()) as { error: string }).error];
  };
  const later = () => execute(sql`update device_grants set polled_at = polled_at - interval '5 seconds'`);

  it('answers with RFC 8628’s fields', async () => {
    const device = await start();
    expect(device).toMatchObject({ verification_uri: 'http://localhost:3000/device', expires_in: 600, interval: 5 });
    expect(device.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  });

  it('waits, is approved with the scopes shown, and hands the token out once', async () => {
    const device = await start();
    expect(await error(device.device_code)).toEqual([400, 'authorization_pending']);
    expect(await scopesAsked(ada, 'here', device.user_code.toLowerCase().replace('-', ' '))).toEqual([
      'submit',
      'read',
    ]);
    expect(await answerDevice(ada, 'here', device.user_code, true)).toBe(true);
    await later();
    const answer = await turn(device.device_code);
    const { access_token: token, user, scope } = DeviceTokenAnswer.parse(await answer.json());
    expect([user, scope]).toEqual(['Ada', 'read submit']);
    expect(await findToken(token)).toEqual({ userId: ada.id, scopes: ['read', 'submit'] });
    expect(await error(device.device_code)).toEqual([400, 'expired_token']);
  });

  it('hands one token to many who ask at once', async () => {
    const device = await start();
    await answerDevice(ada, 'here', device.user_code, true);
    const answers = await Promise.all(Array.from({ length: 6 }, () => turn(device.device_code)));
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  });

  it('gives what the person may give, whatever was asked', async () => {
    const device = await start('runner-admin submit');
    await answerDevice(ada, 'here', device.user_code, true);
    expect(DeviceTokenAnswer.parse(await (await turn(device.device_code)).json()).scope).toBe('submit');
  });

  it('asks to slow down', async () => {
    const { device_code: code } = await start();
    expect(await error(code)).toEqual([400, 'authorization_pending']);
    expect(await error(code)).toEqual([400, 'slow_down']);
    await later();
    expect(await error(code)).toEqual([400, 'authorization_pending']);
  });

  it('can be denied, and an answer counts once', async () => {
    const device = await start();
    expect(await answerDevice(ada, 'here', device.user_code, false)).toBe(true);
    expect(await answerDevice(ada, 'here', device.user_code, true)).toBe(false);
    expect(await error(device.device_code)).toEqual([400, 'access_denied']);
  });

  it('runs out after ten minutes, also for the page', async () => {
    const device = await start();
    await execute(sql`update device_grants set expires_at = now() - interval '1 second'`);
    expect(await scopesAsked(ada, 'here', device.user_code)).toBeNull();
    expect(await answerDevice(ada, 'here', device.user_code, true)).toBe(false);
    expect(await error(device.device_code)).toEqual([400, 'expired_token']);
  });

  it('knows its own codes and grant alone, and its own scopes', async () => {
    expect(await error('nope')).toEqual([400, 'invalid_grant']);
    expect(await error('nope', 'password')).toEqual([400, 'unsupported_grant_type']);
    expect((await ask(begin.POST, '/api/v1/device', { json: { scope: 'everything' } })).status).toBe(400);
    expect(
      (await ask(begin.POST, '/api/v1/device', { text: '{', headers: { 'content-type': 'application/json' } })).status,
    ).toBe(400);
  });

  const guess = (n: number) => `WRNG-CDF${String.fromCharCode(66 + n)}`;
  const tooMany = { code: 'too-many' };
  const person = async (subject: string) =>
    (await findUser(await userOf({ provider: 'github', subject, name: subject, email: null })))!;

  it('lets a person try eight wrong codes in ten minutes, looked up or answered, from any address', async () => {
    const [eve, bob] = [await person('eve'), await person('bob')];
    for (let n = 0; n < 4; n++) expect(await scopesAsked(eve, `a${n}`, guess(n))).toBeNull();
    for (let n = 4; n < 8; n++) expect(await answerDevice(eve, `a${n}`, guess(n), true)).toBe(false);
    const device = await start();
    await expect(answerDevice(eve, 'a9', device.user_code, true)).rejects.toMatchObject(tooMany);
    await expect(scopesAsked(eve, 'a9', device.user_code)).rejects.toMatchObject(tooMany);
    expect(await scopesAsked(bob, 'a9', device.user_code)).not.toBeNull();
    await execute(sql`update tries set began_at = began_at - interval '10 minutes 1 second'`);
    expect(await answerDevice(eve, 'a9', device.user_code, true)).toBe(true);
  });

  it('counts many wrong codes at once one by one, and no right one', async () => {
    const mallory = await person('mallory');
    const device = await start();
    for (let n = 0; n < 10; n++) await scopesAsked(mallory, 'm', device.user_code);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => answerDevice(mallory, 'm', guess(n), true)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
  });

  it('lets an address try forty wrong codes, whoever signs in there', async () => {
    for (let n = 0; n < 40; n++) await scopesAsked(await person(`sybil-${n}`), 'shared', guess(0));
    await expect(scopesAsked(await person('sybil-41'), 'shared', guess(0))).rejects.toMatchObject(tooMany);
  });

  it('keeps thirty codes of an address that asks a thousand times, and sweeps what ran out', async () => {
    await execute(sql`update device_grants set expires_at = now() - interval '2 hours'`);
    const asked = await Promise.all(
      Array.from({ length: 1000 }, () =>
        ask(begin.POST, '/api/v1/device', { json: {}, headers: { 'x-forwarded-for': '198.51.100.7' } }),
      ),
    );
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(30);
    expect(asked.find(({ status }) => status === 429)!.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await execute(sql`select 1 from device_grants`)).toHaveLength(30);
  });

  it('lets two thousand codes wait in all, from however many addresses', async () => {
    await execute(sql`
      insert into device_grants (device_hash, user_code_hash, scopes, expires_at)
      select 'd' || n, 'u' || n, '{read}', now() + interval '9 minutes' from generate_series(1, 2000) n`);
    const answer = await ask(begin.POST, '/api/v1/device', { json: {}, headers: { 'x-forwarded-for': '192.0.2.9' } });
    expect(answer.status).toBe(429);
  });
});
