import { route } from '@/lib/api/route.ts';
import { Sha256 } from '@/lib/contract/ids.ts';
import { moduleUnderLease } from '@/lib/db/attempts.ts';
import { AppError } from '@/lib/errors.ts';
import { leaseTokenOf, requireRunner } from '@/lib/runner-auth.ts';

/** GET: the module's bytes, for the runner whose lease names it. */
export const GET = route('GET /api/runner/v1/modules/{sha256}', async (request, { params }) => {
  const { runner } = await requireRunner(request);
  const named = Sha256.safeParse((await params).sha256.replace('%3A', ':'));
  const fence = { runner: runner.id, token: leaseTokenOf(request) };
  const code = named.success ? await moduleUnderLease({ ...fence, sha256: named.data }) : null;
  if (code === null) throw new AppError('not-found', 'No lease of this runner names such a module.');
  return new Response(code, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });
});
