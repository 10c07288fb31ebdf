import { suiteJson } from '@/lib/api/suites.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { route } from '@/lib/http.ts';

/** GET: every published suite, newest version first. */
export const GET = route(async () => Response.json({ items: await Promise.all(suites.map(suiteJson)), next: null }));
