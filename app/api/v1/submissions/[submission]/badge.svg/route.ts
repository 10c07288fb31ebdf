import { badge } from '@/lib/api/badge.ts';
import { route } from '@/lib/api/route.ts';
import { reader } from '@/lib/caller.ts';
import { requireSubmissionView } from '@/lib/db/submission-view.ts';
import { headline } from '@/lib/headline.ts';

/** GET: a badge for a README, of the suite asked for. It holds no text of strangers. */
export const GET = route('GET /api/v1/submissions/{submission}/badge.svg', async (request, { params }) => {
  const suite = new URL(request.url).searchParams.get('suite');
  const view = await requireSubmissionView((await params).submission, await reader(request), suite);
  return new Response(badge(`Antidote ${view.suite}`.trim(), headline(view)), {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=300' },
  });
});
