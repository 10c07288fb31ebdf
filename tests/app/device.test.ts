import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import * as begin from '../../app/api/v1/device/route.ts';
import * as poll from '../../app/api/v1/device/token/route.ts';
import { DeviceAnswer, DeviceTokenAnswer } from '../../lib/contract/api.ts';
import { answerDevice, scopesAsked } from '../../lib/db/devices.ts';
import { findToken } from '../../lib/db/tokens.ts';
import { findUser, userOf } from '../../lib/db/users.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { hasGuessedTooOften, noteWrongCode } from '../../lib/wrong-codes.ts';
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
    expect(await scopesAsked(device.user_code.toLowerCase().replace('-', ' '))).toEqual(['submit', 'read']);
    expect(await answerDevice(ada, device.user_code, true)).toBe(true);
    await later();
    const answer = await turn(device.device_code);
    const { access_token: token, user, scope } = DeviceTokenAnswer.parse(await answer.json());
    expect([user, scope]).toEqual(['Ada', 'read submit']);
    expect(await findToken(token)).toEqual({ userId: ada.id, scopes: ['read', 'submit'] });
    expect(await error(device.device_code)).toEqual([400, 'expired_token']);
  });

  it('hands one token to many who ask at once', async () => {
    const device = await start();
    await answerDevice(ada, device.user_code, true);
    const answers = await Promise.all(Array.from({ length: 6 }, () => turn(device.device_code)));
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  });

  it('gives what the person may give, whatever was asked', async () => {
    const device = await start('runner-admin submit');
    await answerDevice(ada, device.user_code, true);
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
    expect(await answerDevice(ada, device.user_code, false)).toBe(true);
    expect(await answerDevice(ada, device.user_code, true)).toBe(false);
    expect(await error(device.device_code)).toEqual([400, 'access_denied']);
  });

  it('runs out after ten minutes, also for the page', async () => {
    const device = await start();
    await execute(sql`update device_grants set expires_at = now() - interval '1 second'`);
    expect(await scopesAsked(device.user_code)).toBeNull();
    expect(await answerDevice(ada, device.user_code, true)).toBe(false);
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

  it('lets a person try eight wrong codes in ten minutes', () => {
    for (let n = 0; n < 8; n++) {
      expect(hasGuessedTooOften('eve', n)).toBe(false);
      noteWrongCode('eve', n);
    }
    expect([hasGuessedTooOften('eve', 8), hasGuessedTooOften('bob', 8), hasGuessedTooOften('eve', 600_001)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
