import { route } from '@/lib/api/route.ts';
import { moduleUnderLease } from '@/lib/db/attempts.ts';
import { AppError } from '@/lib/errors.ts';
import { leaseTokenOf, requireRunner } from '@/lib/runner-auth.ts';

/** GET: the module's bytes, for the runner whose lease names it. */
export const GET = route('GET /api/runner/v1/modules/{sha256}', async (request, { params }) => {
  const { runner } = await requireRunner(request);
  const sha256 = decodeURIComponent((await params).sha256);
  const code = await moduleUnderLease({ runner: runner.id, token: leaseTokenOf(request), sha256 });
  if (code === null) throw new AppError('not-found', 'No lease of this runner names such a module.');
  return new Response(code, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });
});
