import 'server-only';
import { disclosureDefect } from './contract/season.ts';
import { SeasonSnapshot } from './contract/season-snapshot.ts';
import { oneAtATime } from './db/client.ts';
import { baselinesEntered, runnersWithKeys, storeSeason } from './db/season-snapshots.ts';
import { requireWholeSeason } from './db/seasons.ts';
import { type Baseline, submitBaseline } from './db/submit.ts';
import { AppError } from './errors.ts';

/**
 * Puts a closed season that was held elsewhere on this site, with its entries; their results follow as rows (snapshot.ts).
 * False where a season of this name is here already. Throws `invalid` where it is not what was committed to, or where the
 * text of a defense that was entered is not given.
 */
export async function importSeason(
  owner: string,
  snapshot: SeasonSnapshot,
  baselines: readonly Baseline[],
): Promise<boolean> {
  const { name, commitment, disclosure, runners } = snapshot.season;
  const refuse = (why: string) => new AppError('invalid', `Season ${name}: ${why}.`);
  const defect = await disclosureDefect(commitment, disclosure);
  if (defect) throw refuse(defect);
  const keyless = runners.find(({ id }) => !snapshot.runners.some((runner) => runner.id === id));
  if (keyless) throw refuse(`it has no key of runner ${keyless.id}`);
  const given = new Map<string, Baseline>(baselines.map((baseline) => [baseline.id, baseline]));
  const unknown = snapshot.entries.find(({ baseline }) => !given.has(baseline));
  if (unknown) throw refuse(`the text of ${unknown.baseline}, which was entered, is not given`);
  return oneAtATime(async () => {
    const submissions: string[] = [];
    for (const { baseline } of snapshot.entries) submissions.push(await submitBaseline(owner, given.get(baseline)!));
    return storeSeason(snapshot, submissions);
  });
}

/** A closed season as it is committed. Throws `not-found`, and `conflict` before its close. */
export async function exportSeason(name: string): Promise<SeasonSnapshot> {
  const season = await requireWholeSeason(name);
  if (season.state !== 'closed')
    throw new AppError('conflict', `Season ${name} is ${season.state}; it is kept when it is closed.`);
  return SeasonSnapshot.parse({
    format: 'antidote-season-1',
    season,
    runners: await runnersWithKeys(season.runners.map(({ id }) => id)),
    entries: await baselinesEntered(name),
  });
}
