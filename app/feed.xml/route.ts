import type { SeasonSummary } from '@/lib/contract/season.ts';
import { type Ended, endedEvaluations } from '@/lib/db/ended-evaluations.ts';
import { listSeasons } from '@/lib/db/seasons.ts';
import { AppError } from '@/lib/errors.ts';
import { guarded } from '@/lib/http.ts';
import { siteOrigin } from '@/lib/site-origin.ts';
import { atom, type FeedItem } from './atom.ts';

const most = 50;

/**
 * GET: the last fifty evaluations that have ended and seasons that have closed, or with `?submission=` the evaluations
 * of one submission, as Atom.
 */
export const GET = guarded(async (request) => {
  const submission = new URL(request.url).searchParams.get('submission');
  if (submission !== null && !/^[0-9a-f-]{36}$/.test(submission))
    throw new AppError('bad-request', 'submission: want the id of a submission.');
  const origin = siteOrigin();
  const address = `${origin}/feed.xml${submission ? `?submission=${submission}` : ''}`;
  const ended = (await endedEvaluations(submission, most)).map((one) => endedItem(one, origin));
  const closed = submission === null ? (await listSeasons()).flatMap((season) => closedItem(season, origin)) : [];
  const items = [...ended, ...closed].sort((a, b) => b.at.localeCompare(a.at)).slice(0, most);
  return new Response(atom(items, { address, origin }), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=60' },
  });
});

const said = { scored: 'is scored', failed: 'failed in every trial' };

const endedItem = ({ id, submission, name, author, suite, state, at }: Ended, origin: string): FeedItem => ({
  id: `urn:uuid:${id}`,
  title: `${name} ${said[state]} on ${suite}`,
  page: `${origin}/submissions/${submission}?suite=${suite}`,
  author,
  at,
});

function closedItem({ name, closedAt }: SeasonSummary, origin: string): FeedItem[] {
  if (closedAt === null) return [];
  const page = `${origin}/seasons/${name}`;
  return [{ id: page, title: `Season ${name} is closed`, page, author: 'Antidote', at: closedAt }];
}
