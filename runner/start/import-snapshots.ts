import { z } from 'zod';
import { chores } from '../../lib/catalog/chores.ts';
import type { SnapshotRow } from '../../lib/contract/snapshot.ts';
import { callChore } from '../client/local-site.ts';
import { SiteProblem } from '../client/site-problem.ts';
import { committedRows, committedSeasons } from '../client/snapshots.ts';
import { baselineNamed } from '../defenses/index.ts';

/**
 * Puts the committed seasons and reference tables on the running site, row by row, and returns how many rows there are.
 * Said again, it sends no row. The site goes without what it refuses, and `say` hears why.
 */
export async function importSnapshots(say: (what: string) => void): Promise<number> {
  const rows = committedRows().reverse(); // the newest suite first: the front page opens on it at once
  const { jobs } = await callChore(chores.jobsHere, { jobs: rows.map(jobOf) });
  const here = new Set(jobs);
  for (const snapshot of committedSeasons()) {
    say(`season ${snapshot.season.name}`);
    await orSay(say, () => callChore(chores.seasonImport, snapshot));
  }
  for (const row of rows) {
    if (here.has(jobOf(row))) continue;
    say(`${row.baseline} on ${row.suite.id}`);
    const { id, name, kind, code, card } = baselineNamed(row.baseline);
    await orSay(say, () => callChore(chores.snapshot, { baseline: { id, name, kind, code, card }, row }));
  }
  return rows.length;
}

async function orSay(say: (what: string) => void, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof SiteProblem)) throw error;
    say(error.message);
  }
}

/** A row is stored whole or not at all, so that one of its jobs stands for all. */
const jobOf = (row: SnapshotRow) => z.object({ job: z.uuid() }).parse(row.jobs[0]!.signed).job;
