import { SeasonList } from '../../lib/contract/api.ts';
import { callSite } from '../client/public-api.ts';
import { findHeld, namesHeld } from '../craft/season/held-season.ts';
import { seasonPath } from '../craft/season/secret.ts';

/**
 * In words, each season whose jobs this runner does not get, though something here or there says that it should: the
 * site names it and the files are not all on this machine, or they are and the site does not name it, as after an
 * enrolment anew. Nothing where the site does not answer: the lease loop says so.
 */
export async function missingSeasons(runner: string, signal: AbortSignal): Promise<string[]> {
  const seasons = await callSite(SeasonList, 'seasons', signal).catch(() => null);
  const going = (seasons?.value.items ?? []).filter(({ state }) => state === 'open' || state === 'closing');
  const here = namesHeld();
  const names = (one: (typeof going)[number]) => one.runners.some(({ id }) => id === runner);
  const said = going.map(async (season) => {
    const { name } = season;
    if (names(season))
      return (await findHeld(name))
        ? []
        : [
            `season ${name} names this runner, and ${seasonPath(name)} does not hold its files; it gets none of its jobs`,
          ];
    return here.includes(name)
      ? [
          `season ${name} lies in ${seasonPath(name)} and does not name this runner; it gets none of its jobs. 'npx antidote season add-runner ${name} --runner ${runner} --reason <text>' names it, on the machine that opened it`,
        ]
      : [];
  });
  return (await Promise.all(said)).flat();
}
