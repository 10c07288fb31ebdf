import { referenceIds } from '../../lib/catalog/baselines/index.ts';
import { chores } from '../../lib/catalog/chores.ts';
import { callChore } from '../client/local-site.ts';
import { writeRow } from '../client/snapshots.ts';
import { baselineNamed } from '../defenses/index.ts';
import { remark, tell } from '../terminal/tell.ts';
import { knownSuite } from './known-suite.ts';

/** Chores of a site on this machine: they reach it over loopback with the secret in ANTIDOTE_DATA. */
export async function signInLink(): Promise<number> {
  const { link } = await callChore(chores.signInLink, {});
  tell(link);
  return 0;
}

export async function runnerCode(options: { labels: string }): Promise<number> {
  const { code } = await callChore(chores.runnerCode, {
    labels: options.labels.split(',').map((label) => label.trim()),
  });
  tell(code);
  return 0;
}

export async function seed(ids: readonly string[], options: { suite: string }): Promise<number> {
  const suite = knownSuite(options.suite);
  const chosen = (ids.length > 0 ? ids : referenceIds(suite)).map(baselineNamed);
  await callChore(chores.seed, { suite: suite.id, baselines: chosen });
  remark(
    `${chosen.length} reference ${chosen.length === 1 ? 'defense is' : 'defenses are'} on the board of ${options.suite}`,
  );
  return 0;
}

/** Writes the reference rows that the site on this machine has brought to their end, where they are committed. */
export async function snapshot(suite: string): Promise<number> {
  const { items } = await callChore(chores.snapshotRows, { suite: knownSuite(suite).id });
  for (const row of items) tell(await writeRow(row));
  return 0;
}
