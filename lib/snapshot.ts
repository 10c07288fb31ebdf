import 'server-only';
import { seasonOfSuite } from './catalog/seasons.ts';
import { findSuite } from './catalog/suites/index.ts';
import { sha256 } from './contract/canonical.ts';
import { openSnapshot, SnapshotRow } from './contract/snapshot.ts';
import { type Suite, trialsOf } from './contract/suite.ts';
import { oneAtATime } from './db/client.ts';
import { storeScoresAfter } from './db/scores.ts';
import { suiteOfSeason } from './db/season-evaluations.ts';
import { findSeason } from './db/seasons.ts';
import { finishedBaselines, storeSnapshot } from './db/snapshots.ts';
import { type Baseline, submitBaseline } from './db/submit.ts';
import { AppError } from './errors.ts';
import { defectOf } from './scoring/defect.ts';

/**
 * Puts a row of the reference table on the board as the evaluation that it was. False where it is there already. Throws
 * `invalid` where it is not signed by its runner, not whole, or of another suite or another text of the defense than
 * this site's.
 */
export async function importSnapshot(owner: string, row: SnapshotRow, baseline: Baseline): Promise<boolean> {
  const refuse = (why: string) => new AppError('invalid', `${row.baseline} on ${row.suite.id}: ${why}.`);
  const suite = await suiteHere(row.suite.id);
  if (suite?.digest !== row.suite.digest)
    throw refuse(`the snapshot is of ${row.suite.digest}, this site's suite is ${suite?.digest ?? 'unknown'}`);
  const digest = await sha256(baseline.code);
  if (digest !== row.module.sha256 || baseline.id !== row.baseline)
    throw refuse(`the snapshot is of module ${row.module.sha256}, this site's is ${digest}`);
  const jobs = await openSnapshot(row).catch((error: Error) => {
    throw refuse(error.message);
  });
  const got = jobs.flatMap(({ result }) => result.trials);
  const defect = defectOf(suite, trialsOf(suite), got, row.module.kind, 'stored');
  if (defect) throw refuse(defect);
  const stored = await oneAtATime(async () =>
    storeSnapshot(row, jobs, {
      season: seasonOfSuite(suite.id) ?? '',
      id: await submitBaseline(owner, baseline),
      ownerId: owner,
    }),
  );
  if (stored) await storeScoresAfter(jobs[0]!.result.job);
  return stored;
}

/** What this site has computed of the reference defenses on the suite, as rows to be committed. */
export async function exportSnapshot(suiteId: string): Promise<SnapshotRow[]> {
  const suite = await suiteHere(suiteId);
  if (!suite) throw new AppError('not-found', `There is no suite '${suiteId}'.`);
  const rows = await finishedBaselines(suite.digest);
  return rows.map(({ baseline, computed, runner, jobs }) => {
    const { module, harness, engine } = jobs[0]!.payload;
    return SnapshotRow.parse({
      format: 'antidote-snapshot-1',
      baseline,
      suite: { id: suite.id, digest: suite.digest },
      module,
      harness,
      engine,
      runner,
      computed,
      jobs: jobs.map(({ payload, signature, startedAt, endedAt }) => ({
        signed: payload,
        signature,
        startedAt,
        endedAt,
      })),
    });
  });
}

/** A published suite, or that of a season which was opened here. */
async function suiteHere(id: string): Promise<Suite | null> {
  const name = seasonOfSuite(id);
  const season = name === null ? null : await findSeason(name);
  return findSuite(id) ?? (season && season.state !== 'opening' ? suiteOfSeason(season) : null);
}
