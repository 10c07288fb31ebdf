import { taggedJson } from '@/lib/api/etag.ts';
import { route } from '@/lib/api/route.ts';
import { seasonStandings } from '@/lib/api/season-standings.ts';
import { reader } from '@/lib/caller.ts';

/** GET: the board of a season, of which an author sees a little more before the close. With an ETag. */
export const GET = route('GET /api/v1/seasons/{season}/standings', async (request, { params }) =>
  taggedJson(request, await seasonStandings((await params).season, await reader(request))),
);
