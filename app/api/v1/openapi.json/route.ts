import { openApi } from '@/lib/api/openapi.ts';
import { route } from '@/lib/api/route.ts';

/** GET: the description of this interface, made from the schemas that answer. */
export const GET = route('GET /api/v1/openapi.json', () =>
  Response.json(openApi(), { headers: { 'cache-control': 'public, max-age=300' } }),
);
