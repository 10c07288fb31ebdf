import { DeviceAnswer, DeviceProblem, DeviceTokenAnswer, TokenAnswer } from '../../lib/contract/api.ts';
import { requireCredentials, siteOrigin, storeToken } from '../client/credentials.ts';
import { jsonIn, jsonOf, problemOf, send, textIn } from '../client/http.ts';
import { NoAnswer, UsageError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { remark, tell } from '../terminal/tell.ts';

/**
 * With a local site's link: trades it for a token. Else the device flow (RFC 8628): shows a code and waits until it is
 * approved in the browser.
 */
export async function login({ link }: { link?: string }): Promise<number> {
  const origin = link ? originOf(link) : siteOrigin();
  await requireCredentials(); // a link is good for one trade
  const { token, user } = link ? await trade(origin, link) : await approve(origin);
  const path = await storeToken(origin, token, user);
  tell(`Logged in to ${origin} as ${plainLine(user)}; the token is in ${path}`);
  return 0;
}

function originOf(link: string): string {
  try {
    const url = new URL(link);
    if (/^https?:$/.test(url.protocol) && url.searchParams.get('token')) return url.origin;
  } catch {}
  throw new UsageError(
    "--link wants the whole sign-in link, such as http://localhost:3000/sign-in?token=…; 'npx antidote sign-in-link' prints a new one.",
  );
}

async function post(url: string, body: unknown, advice?: () => string): Promise<Response> {
  return send(
    url,
    () => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    { signal: interrupted, advice },
  );
}

type Token = { token: string; user: string };

async function trade(origin: string, link: string): Promise<Token> {
  const response = await post(`${origin}/api/v1/tokens`, { link }, () => 'Does the site of the link still run?');
  if (!response.ok) throw await problemOf(response);
  return jsonIn(response, TokenAnswer);
}

async function approve(origin: string): Promise<Token> {
  const response = await post(`${origin}/api/v1/device`, { client_id: 'antidote', scope: 'submit read' });
  if (!response.ok) throw await problemOf(response);
  const device = await jsonIn(response, DeviceAnswer);
  remark(
    `Open ${plainLine(device.verification_uri)} and enter the code ${plainLine(device.user_code)}\nWaiting for approval …`,
  );
  let pauseMs = device.interval * 1000;
  for (const end = Date.now() + device.expires_in * 1000; Date.now() < end; ) {
    await new Promise((done) => setTimeout(done, pauseMs));
    interrupted.throwIfAborted();
    const answer = await tokenFor(origin, device.device_code);
    if (!answer) continue; // the site starts anew: the code stands
    if (answer.ok) {
      const { access_token, user } = await jsonIn(answer, DeviceTokenAnswer);
      return { token: access_token, user };
    }
    const error = DeviceProblem.safeParse(jsonOf(await textIn(answer.clone()))).data?.error;
    if (error === 'slow_down') pauseMs += 5000;
    else if (error === 'access_denied') throw new UsageError('The request was denied in the browser.');
    else if (error === 'expired_token') break;
    else if (error !== 'authorization_pending') throw await problemOf(answer);
  }
  throw new UsageError("The code has run out; run 'npx antidote login' again.");
}

/** What the site says of the code; null where it says nothing just now. */
async function tokenFor(origin: string, code: string): Promise<Response | null> {
  const grant = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: code,
    client_id: 'antidote',
  };
  try {
    const answer = await post(`${origin}/api/v1/device/token`, grant);
    return answer.status === 429 || answer.status >= 500 ? null : answer;
  } catch (error) {
    if (error instanceof NoAnswer) return null;
    throw error;
  }
}
