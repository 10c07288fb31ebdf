import { route } from '@/lib/api/route.ts';
import { listSeasons } from '@/lib/db/seasons.ts';

/** GET: every season. */
export const GET = route('GET /api/v1/seasons', async () => Response.json({ items: await listSeasons(), next: null }));
