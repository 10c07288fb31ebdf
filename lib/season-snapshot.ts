import 'server-only';
import { disclosureDefect } from './contract/season.ts';
import { SeasonSnapshot } from './contract/season-snapshot.ts';
import { oneAtATime } from './db/client.ts';
import { runnersWithKeys, storeSeason } from './db/season-snapshots.ts';
import { requireWholeSeason } from './db/seasons.ts';
import { AppError } from './errors.ts';

/**
 * Puts a closed season that was held elsewhere on this site; its entries follow as rows (snapshot.ts). False where a
 * season of this name is here already. Throws `invalid` where it is not what was committed to.
 */
export async function importSeason(snapshot: SeasonSnapshot): Promise<boolean> {
  const { name, commitment, disclosure, runners } = snapshot.season;
  const refuse = (why: string) => new AppError('invalid', `Season ${name}: ${why}.`);
  const defect = await disclosureDefect(commitment, disclosure);
  if (defect) throw refuse(defect);
  const keyless = runners.find(({ id }) => !snapshot.runners.some((runner) => runner.id === id));
  if (keyless) throw refuse(`it has no key of runner ${keyless.id}`);
  return oneAtATime(() => storeSeason(snapshot));
}

/** A closed season as it is committed. Throws `not-found`, and `conflict` before its close. */
export async function exportSeason(name: string): Promise<SeasonSnapshot> {
  const season = await requireWholeSeason(name);
  if (season.state !== 'closed')
    throw new AppError('conflict', `Season ${name} is ${season.state}; it is kept when it is closed.`);
  const runners = await runnersWithKeys(season.runners.map(({ id }) => id));
  return SeasonSnapshot.parse({ format: 'antidote-season-1', season, runners });
}
