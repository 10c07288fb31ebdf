import { sql } from 'drizzle-orm';
import { completeJob } from '../../lib/complete-job.ts';
import { failAttempt } from '../../lib/db/attempts.ts';
import { connectTo } from '../../lib/db/client.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { addSeasonRunner, beginClose, closeSeason } from '../../lib/db/seasons.ts';
import { committedRows } from '../../runner/client/snapshots.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import * as queue from './queue.ts';
import { openedSeason } from './season.ts';
import { execute } from './sql.ts';

/** Addresses of pages in states that no scripted runner brings about: made in the database before its site starts. */
export type Told = { stalled: string; disputed: string; closedSeason: string; openSeason: string };

/** Puts them into the embedded database of a folder, by the site's own functions. */
export async function tellStories(folder: string): Promise<Told> {
  const { close } = await connectTo({ driver: 'pglite', folder });
  try {
    const owner = await queue.makeUser('Grace Hopper');
    const runners = [await queue.makeRunner(), await queue.makeRunner()] as const;
    const disputed = await aDispute(owner, runners);
    const stalled = await aStall(owner, runners[0]);
    const closed = await openedSeason('2026-03');
    await beginClose(closed.name, closed.holder);
    await closeSeason({ name: closed.name, holder: closed.holder, disclosure: closed.disclosure, now: false });
    const open = await openedSeason('2026-09', { runners: [runners[0].id] });
    await addSeasonRunner({
      name: open.name,
      holder: open.holder,
      runner: runners[1].id,
      reason: 'The power supply of the first one failed.',
    });
    return {
      stalled: `/submissions/${stalled}`,
      disputed: `/submissions/${disputed}`,
      closedSeason: `/seasons/${closed.name}`,
      openSeason: `/seasons/${open.name}`,
    };
  } finally {
    await close();
  }
}

async function take(runner: queue.TestRunner) {
  const token = queue.newToken();
  const leased = await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token);
  if (!leased) throw new Error('there is no job to take');
  return { leased, fence: queue.fenceOf(runner, leased, token) };
}

async function finish(runner: queue.TestRunner, cleanAccuracy: number): Promise<void> {
  const { leased, fence } = await take(runner);
  await completeJob(runner, fence, await queue.sealedBy(runner, queue.resultFor(leased, { cleanAccuracy })));
}

/** A job of which two runners say different things, and nobody has decided. */
async function aDispute(owner: string, [first, second]: readonly [queue.TestRunner, queue.TestRunner]) {
  const { submissionId, jobs } = await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
  // A key that begins below a twentieth is of a job that runs twice.
  for (const [at, job] of jobs.entries())
    await execute(sql`
      update jobs set key = 'sha256:' || ${at === 0 ? '0ccccccb' : '0ccccccd'} || substr(md5(random()::text), 1, 24)
      where id = ${job}::uuid`);
  for (const _ of jobs) await finish(first, 0.85);
  await finish(second, 0.84);
  return submissionId;
}

/** A job that our machines failed three times. */
async function aStall(owner: string, runner: queue.TestRunner) {
  const { submissionId } = await queue.makeJobs(owner, [[queue.trial]]);
  await execute(sql`update jobs set strikes = 2 where state = 'queued'`);
  const { fence } = await take(runner);
  await failAttempt(fence, { class: 'infra', code: 'no-data', detail: 'The disk was full.' });
  return submissionId;
}

/**
 * Puts core-1's reference table on a site's board, as a start does: rows of 360 trials. Returns the address of each.
 */
export async function tellSnapshots(origin: string, secret: string): Promise<Record<string, string>> {
  for (const row of committedRows('core-1')) {
    const { name, kind, code, card } = baselineNamed(row.baseline);
    const answer = await fetch(`${origin}/api/chores/snapshot`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ baseline: { id: row.baseline, name, kind, code, card }, row }),
    });
    if (!answer.ok) throw new Error(`snapshot ${row.baseline}: ${answer.status} ${await answer.text()}`);
  }
  const board = await fetch(`${origin}/api/v1/suites/core-1/standings`, { headers: { 'accept-encoding': 'identity' } });
  const { rows } = (await board.json()) as { rows: { baseline: string | null; submission: string }[] };
  return Object.fromEntries(
    rows.flatMap(({ baseline, submission }) =>
      baseline ? [[baseline, `/submissions/${submission}?suite=core-1`]] : [],
    ),
  );
}
