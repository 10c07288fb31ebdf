import { endedEvaluations } from '@/lib/db/ended-evaluations.ts';
import { AppError } from '@/lib/errors.ts';
import { guarded } from '@/lib/http.ts';
import { siteOrigin } from '@/lib/site-origin.ts';
import { atom } from './atom.ts';

/** GET: the last fifty evaluations that have ended, or with `?submission=` those of one entry, as Atom. */
export const GET = guarded(async (request) => {
  const submission = new URL(request.url).searchParams.get('submission');
  if (submission !== null && !/^[0-9a-f-]{36}$/.test(submission))
    throw new AppError('bad-request', 'submission: want the id of a submission.');
  const origin = siteOrigin();
  const address = `${origin}/feed.xml${submission ? `?submission=${submission}` : ''}`;
  return new Response(atom(await endedEvaluations(submission, 50), { address, origin }), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=60' },
  });
});
