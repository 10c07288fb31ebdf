import { taggedJson } from '@/lib/api/etag.ts';
import { route } from '@/lib/api/route.ts';
import { seasonEntryJson } from '@/lib/api/season-entry.ts';

/** GET: an entry with every number of it, from the season's close on. With an ETag. */
export const GET = route('GET /api/v1/seasons/{season}/entries/{entry}', async (request, { params }) => {
  const { season, entry } = await params;
  return taggedJson(request, await seasonEntryJson(season, entry));
});
