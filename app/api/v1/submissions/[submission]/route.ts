import { taggedJson } from '@/lib/api/etag.ts';
import { route } from '@/lib/api/route.ts';
import { submissionJson } from '@/lib/api/submission.ts';
import { reader } from '@/lib/caller.ts';

/**
 * GET: what became of a submission on `?suite=`, else on the suite it was evaluated on last. With an ETag: polling
 * costs little.
 */
export const GET = route('GET /api/v1/submissions/{submission}', async (request, { params }) => {
  const viewer = await reader(request);
  return taggedJson(
    request,
    await submissionJson((await params).submission, viewer, new URL(request.url).searchParams.get('suite')),
  );
});
