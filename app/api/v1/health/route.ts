import type { z } from 'zod';
import { route } from '@/lib/api/route.ts';
import type { Health } from '@/lib/contract/api.ts';
import { boardsVersion } from '@/lib/db/boards-version.ts';
import { queueDepth } from '@/lib/db/jobs.ts';
import { runnersHeard } from '@/lib/db/runners.ts';

/** GET: 200 where the site and its database answer, 503 where the database does not. */
export const GET = route('GET /api/v1/health', async () => {
  const [queue, runners, boards] = await Promise.all([queueDepth(), runnersHeard(), boardsVersion()]).catch(() => [
    null,
    null,
    null,
  ]);
  const ok = queue !== null;
  return Response.json({ ok, database: ok, queue, runners, boards } satisfies z.infer<typeof Health>, {
    status: ok ? 200 : 503,
    ...(!ok && { headers: { 'retry-after': '5' } }),
  });
});
