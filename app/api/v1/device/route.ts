import type { z } from 'zod';
import { formFields } from '@/lib/api/form-body.ts';
import { route } from '@/lib/api/route.ts';
import { clientAddress } from '@/lib/client-address.ts';
import type { DeviceAnswer, DeviceProblem } from '@/lib/contract/api.ts';
import { beginDevice, deviceSeconds, parseScopes, pollSeconds } from '@/lib/db/devices.ts';
import { siteOrigin } from '@/lib/site-origin.ts';

/** POST: begins the device flow (RFC 8628, section 3.2). */
export const POST = route('POST /api/v1/device', async (request) => {
  const { scope = 'read submit' } = await formFields(request);
  const scopes = parseScopes(scope);
  if (!scopes || scopes.length === 0) {
    const problem: z.infer<typeof DeviceProblem> = {
      error: 'invalid_scope',
      error_description: 'Known scopes: read, submit, runner-admin.',
    };
    return Response.json(problem, { status: 400 });
  }
  const { deviceCode, userCode } = await beginDevice(scopes, clientAddress(request.headers));
  const page = `${siteOrigin()}/device`;
  const answer: z.infer<typeof DeviceAnswer> = {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: deviceSeconds,
    interval: pollSeconds,
  };
  return Response.json(answer);
});
