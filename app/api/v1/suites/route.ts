import { route } from '@/lib/api/route.ts';
import { suiteJson } from '@/lib/api/suites.ts';
import { suites } from '@/lib/catalog/suites/index.ts';

/** GET: every published suite, newest version first. */
export const GET = route('GET /api/v1/suites', async () =>
  Response.json({ items: await Promise.all(suites.map(suiteJson)), next: null }),
);
