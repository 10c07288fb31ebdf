/**
 * Next calls it once, when a server starts: https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { reconcileAtStart } = await import('./lib/reconcile-at-start.ts');
  await reconcileAtStart();
}
