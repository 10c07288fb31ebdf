import { route } from '@/lib/api/route.ts';
import { reader } from '@/lib/caller.ts';
import { languageOf } from '@/lib/contract/runtime.ts';
import { codeOf } from '@/lib/db/code-and-logs.ts';
import { requireSubmission } from '@/lib/db/submissions.ts';
import { AppError } from '@/lib/errors.ts';

/**
 * GET: the module's text, as it was submitted. Everybody's from its first score on, its owner's and the organizers'
 * before.
 */
export const GET = route('GET /api/v1/submissions/{submission}/module', async (request, { params }) => {
  const viewer = await reader(request);
  const { id, runtime } = await requireSubmission((await params).submission, viewer);
  const code = await codeOf(id, viewer);
  if (code === null) throw new AppError('not-found', 'Its code becomes public with its first score.');
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-disposition': `attachment; filename="${id}${languageOf(runtime).extensions[0]}"`,
  };
  return new Response(code, { headers });
});
