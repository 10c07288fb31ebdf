import 'server-only';
import { reconcile } from './db/reconcile.ts';
import { env } from './env.ts';

/**
 * Mends what a crash left, before the site answers. Not where each request may be a new process: there the first lease
 * does it. A database that is not there keeps no site from starting.
 */
export async function reconcileAtStart(): Promise<void> {
  const { NEXT_PHASE, VERCEL } = env();
  if (NEXT_PHASE === 'phase-production-build' || VERCEL) return;
  await reconcile().catch((error: Error) => console.error(JSON.stringify({ reconcile: error.message })));
}
