import { route } from '@/lib/api/route.ts';
import { submissionJson } from '@/lib/api/submission.ts';
import { requireCaller } from '@/lib/caller.ts';
import { clientAddress } from '@/lib/client-address.ts';
import { moduleByteLimit } from '@/lib/contract/card.ts';
import { SubmissionRequest } from '@/lib/contract/submission-request.ts';
import { countUpload } from '@/lib/db/quota.ts';
import { submissionsOf } from '@/lib/db/submissions.ts';
import { submit } from '@/lib/db/submit.ts';
import { AppError } from '@/lib/errors.ts';
import { bytesOf, jsonOf } from '@/lib/http.ts';

/** Room for a module of the largest size, however JSON escapes it, its card, and a report on the largest suite. */
const bodyLimitBytes = 6 * moduleByteLimit + 65_536 + 524_288;

/**
 * POST: 201 with the submission; 200 for the same module by the same owner again; 422 with the reason of `check`, 413
 * over the limit, 429 past the quota or for too many uploads, 503 where too many modules wait to be checked.
 */
export const POST = route('POST /api/v1/submissions', async (request) => {
  const user = await requireCaller(request, 'submit');
  await countUpload(user, clientAddress(request.headers));
  const sent = jsonOf(await bytesOf(request, bodyLimitBytes), SubmissionRequest);
  const size = Buffer.byteLength(sent.code);
  if (size > moduleByteLimit)
    throw new AppError('too-large', `The module has ${size} bytes; at most ${moduleByteLimit} are allowed.`);
  const { id, created } = await submit(user, sent);
  return Response.json(await submissionJson(id, user, sent.suite), {
    status: created ? 201 : 200,
    headers: { location: `/api/v1/submissions/${id}` },
  });
});

/** GET: the caller's own, newest first. */
export const GET = route('GET /api/v1/submissions', async (request) => {
  const own = await submissionsOf(await requireCaller(request, 'read'));
  return Response.json({
    items: own.map(({ id, name, kind, createdAt }) => ({ id, name, kind, createdAt })),
    next: null,
  });
});
