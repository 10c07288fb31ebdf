import { chores } from '../../lib/catalog/chores.ts';
import { seasonSuiteId } from '../../lib/catalog/seasons.ts';
import { callChore } from '../client/local-site.ts';
import { writeRow, writeSeason } from '../client/snapshots.ts';
import { tell } from '../terminal/tell.ts';
import { nameOf } from './season-open.ts';

/** Writes a season that the site on this machine has closed, and its reference rows, where they are committed. */
export async function seasonSnapshot(words: string): Promise<number> {
  const snapshot = await callChore(chores.seasonExport, { name: nameOf(words) });
  const { name, plan } = snapshot.season;
  const { items } = await callChore(chores.snapshotRows, { suite: seasonSuiteId(plan, name) });
  tell(await writeSeason(snapshot));
  for (const row of items) tell(await writeRow(row));
  return 0;
}
