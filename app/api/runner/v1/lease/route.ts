import { route } from '@/lib/api/route.ts';
import { type LeaseAnswer, LeaseRequest, limits } from '@/lib/contract/protocol.ts';
import { admitWaiting } from '@/lib/db/admission.ts';
import { endOldChecks } from '@/lib/db/checks.ts';
import { renewOutdated } from '@/lib/db/evaluations.ts';
import { leaseJob } from '@/lib/db/lease.ts';
import { reconcile } from '@/lib/db/reconcile.ts';
import { seasonLabelsOf } from '@/lib/db/seasons.ts';
import { harness } from '@/lib/harness.ts';
import { jsonOf } from '@/lib/http.ts';
import { requireRunner } from '@/lib/runner-auth.ts';
import { isOnLoopback } from '@/lib/site-origin.ts';

/**
 * POST: the next job for this runner under its token. 204 with Retry-After where there is none, also for a runner that
 * drains.
 */
export const POST = route('POST /api/runner/v1/lease', async (request) => {
  const { runner, body } = await requireRunner(request);
  const { leaseToken, harness: asked, seasons } = jsonOf(body, LeaseRequest);
  const offered = asked === undefined ? null : [asked].flat();
  const labels = runner.labels
    .filter((label) => label !== 'official')
    .concat(runner.class === 'official' ? 'official' : [], await seasonLabelsOf(runner.id, seasons));
  await reconcile();
  const leased = await leaseJob({ id: runner.id, labels }, leaseToken, offered);
  if (!leased && runner.state === 'draining') return later(60);
  if (!leased) {
    await endOldChecks();
    if (offered?.includes(harness().digest) && ((await renewedOnce()) || (await admitWaiting(null)) > 0))
      return later(1);
    return later(isOnLoopback() ? 1 : 10 + Math.ceil(50 * Math.random()));
  }
  const { suite, suiteDigest, moduleSha256, moduleBytes, moduleKind, moduleRuntime, baseline, ...job } = leased;
  const answer: LeaseAnswer = {
    ...job,
    limits,
    suite: { id: suite, digest: suiteDigest },
    module: { sha256: moduleSha256, bytes: moduleBytes, kind: moduleKind, runtime: moduleRuntime, baseline },
  };
  return Response.json(answer);
});

const later = (seconds: number) => new Response(null, { status: 204, headers: { 'retry-after': String(seconds) } });

/**
 * Work asked for under an older harness is asked for anew, the first time that a runner with this site's harness finds
 * nothing to do.
 */
let renewed = false;
async function renewedOnce(): Promise<boolean> {
  if (renewed) return false;
  renewed = true;
  return (await renewOutdated()) > 0;
}
