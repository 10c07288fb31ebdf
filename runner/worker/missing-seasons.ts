import { SeasonList } from '../../lib/contract/api.ts';
import { callSite } from '../client/public-api.ts';
import { findHeld } from '../craft/season/held-season.ts';
import { seasonPath } from '../craft/season/secret.ts';

/**
 * In words, each season that the site names this runner for and that does not end here: its files are not all on this
 * machine, so that it gets none of its jobs. Nothing where the site does not answer: the lease loop says so.
 */
export async function missingSeasons(runner: string, signal: AbortSignal): Promise<string[]> {
  const seasons = await callSite(SeasonList, 'seasons', signal).catch(() => null);
  const named = (seasons?.value.items ?? []).filter(
    ({ state, runners }) => state !== 'closed' && runners.some(({ id }) => id === runner),
  );
  const held = await Promise.all(named.map(({ name }) => findHeld(name)));
  return named.flatMap(({ name }, at) =>
    held[at]
      ? []
      : [`season ${name} names this runner, and ${seasonPath(name)} does not hold its files; it gets none of its jobs`],
  );
}
