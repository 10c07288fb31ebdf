import type { z } from 'zod';
import { formFields } from '@/lib/api/form-body.ts';
import { route } from '@/lib/api/route.ts';
import type { DeviceProblem, DeviceTokenAnswer } from '@/lib/contract/api.ts';
import { deviceToken, pollDevice } from '@/lib/db/devices.ts';
import { findUser } from '@/lib/db/users.ts';

const sentence: Record<string, string> = {
  authorization_pending: 'Nobody has approved the code yet.',
  slow_down: 'Ask every five seconds at most.',
  expired_token: 'The code has run out, or its token was handed out before.',
  access_denied: 'The request was denied.',
  invalid_grant: 'There is no such device code.',
  unsupported_grant_type: 'Only device codes are traded here.',
};

/**
 * POST: trades an approved device code for a token (RFC 8628, section 3.4). 400 with the reason while there is none.
 */
export const POST = route('POST /api/v1/device/token', async (request) => {
  const { grant_type: grantType, device_code: deviceCode = '' } = await formFields(request);
  if (grantType !== 'urn:ietf:params:oauth:grant-type:device_code') return refuse('unsupported_grant_type');
  const poll = await pollDevice(deviceCode);
  if ('error' in poll) return refuse(poll.error);
  const user = await findUser(poll.userId);
  if (!user) return refuse('access_denied');
  const { token, scopes, seconds } = await deviceToken(user, poll.scopes);
  const answer: z.infer<typeof DeviceTokenAnswer> = {
    access_token: token,
    token_type: 'Bearer',
    scope: scopes.join(' '),
    expires_in: seconds,
    user: user.name,
  };
  return Response.json(answer);
});

function refuse(error: string): Response {
  return Response.json({ error, error_description: sentence[error] ?? error } satisfies z.infer<typeof DeviceProblem>, {
    status: 400,
  });
}
