import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicSuiteOf } from '../../lib/catalog/seasons.ts';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { SnapshotRow } from '../../lib/contract/snapshot.ts';
import { SubmissionRequest } from '../../lib/contract/submission-request.ts';
import { admitWaiting } from '../../lib/db/admission.ts';
import { tellAuthor } from '../../lib/db/anonymity.ts';
import { enqueueEvaluation, renewOutdated, requestEvaluation } from '../../lib/db/evaluations.ts';
import { type Leased, leaseJob } from '../../lib/db/lease.ts';
import { enterSeason, withdrawEntry } from '../../lib/db/season-entries.ts';
import { answerDispute, disputeEntry, reviewEntry } from '../../lib/db/season-reviews.ts';
import { runnersWithKeys } from '../../lib/db/season-snapshots.ts';
import { addSeasonRunner, beginClose, beginSeason, closeSeason, openSeason } from '../../lib/db/seasons.ts';
import { withdraw } from '../../lib/db/submissions.ts';
import { submit, submitBaseline } from '../../lib/db/submit.ts';
import { houseIdentity, userOf } from '../../lib/db/users.ts';
import { importSeason } from '../../lib/season-snapshot.ts';
import { seedBaseline } from '../../lib/seed.ts';
import { exportSnapshot, importSnapshot } from '../../lib/snapshot.ts';

import { baselineNamed } from '../../runner/defenses/index.ts';
import { diesAfter } from '../support/dying-database.ts';
import { root, sources } from '../support/imports.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { hex, inAWeek, openedSeason, person } from '../support/season.ts';
import { execute } from '../support/sql.ts';

onPglite();

/** The tables that writes fill, those that name others first. */
const written = [
  'season_disputes',
  'season_reviews',
  'season_entries',
  'season_runners',
  'seasons',
  'scores',
  'results',
  'attempts',
  'evaluation_jobs',
  'jobs',
  'evaluations',
  'submissions',
  'events',
];

/** What stands without its event, or is told by an event and does not stand; in words. */
async function halves(): Promise<string[]> {
  const rows = await execute<{ what: string; id: string }>(sql`
    with told as (select kind, subject, data from events)
    select 'submission without event' as what, id::text from submissions s
      where not exists (select 1 from told where kind = 'submission.created' and subject = s.id::text)
    union all select 'withdrawal without event', id::text from submissions s
      where withdrawn_at is not null and not exists (select 1 from told where kind = 'submission.withdrawn' and subject = s.id::text)
    union all select 'name without event', id::text from submissions s
      where name = 'Anonymous once' and anonymous_until is null
        and not exists (select 1 from told where kind = 'submission.named' and subject = s.id::text)
    union all select 'evaluation without event', id::text from evaluations e
      where not exists (select 1 from told where kind in ('evaluation.requested', 'evaluation.imported') and subject = e.id::text)
    union all select 'refusal without event', id::text from evaluations e
      where refused is not null and not exists (select 1 from told where kind = 'evaluation.refused' and subject = e.id::text)
    union all select 'admission without event', e.id::text from evaluations e join evaluation_jobs ej on ej.evaluation_id = e.id
      where e.suite = 'core-1' and snapshot_at is null and not exists (select 1 from told where kind = 'evaluation.admitted' and subject = e.id::text)
    union all select 'cancelled job without event', j.id::text from jobs j join evaluation_jobs ej on ej.job_id = j.id
        join evaluations e on e.id = ej.evaluation_id
      where j.cancel_requested and not exists (select 1 from told
        where (kind = 'evaluation.cancelled' and subject = e.id::text) or (kind = 'submission.withdrawn' and subject = e.submission_id::text))
    union all select 'result without event', job_id::text from results r
      where not exists (select 1 from told where (kind = 'result.accepted' and subject = r.job_id::text and data ->> 'sha256' = r.sha256)
        or (kind = 'evaluation.imported' and data -> 'results' ->> r.job_id::text = r.sha256))
    union all select 'submission without evaluation', id::text from submissions s
      where not exists (select 1 from evaluations e where e.submission_id = s.id)
    union all select 'evaluation without jobs', id::text from evaluations e
      where e.suite = 'smoke-1' and not exists (select 1 from evaluation_jobs ej where ej.evaluation_id = e.id)
    union all select 'a suite asked for without the one before it', id::text from evaluations e
      where e.suite = 'core-1' and snapshot_at is null
        and not exists (select 1 from evaluations f where f.submission_id = e.submission_id and f.suite = 'smoke-1')
    union all select 'season’s ' || kind || ' without event', name from seasons cross join (values
        ('season.begun', array['opening', 'open', 'closing', 'closed']), ('season.opened', array['open', 'closing', 'closed']),
        ('season.closing', array['closing', 'closed']), ('season.closed', array['closed'])) step (kind, states)
      where state::text = any(states) and not exists (select 1 from told where told.kind in (step.kind, 'season.imported') and subject = name)
    union all select 'season without its runner', subject from told
      where kind = 'season.opened' and data ->> 'runners' <> '[]' and not exists (select 1 from season_runners where season = subject)
    union all select 'added runner without event', season from season_runners r where added_at is not null
        and not exists (select 1 from told where kind = 'season.runner-added' and subject = r.season and data ->> 'runner' = r.runner_id::text)
        and not exists (select 1 from told join evaluations e on e.id::text = subject where kind = 'evaluation.imported' and e.season = r.season and data ->> 'runner' = r.runner_id::text)
    union all select 'entry without event', id::text from season_entries e
      where not exists (select 1 from told where kind = 'season.entered' and subject = e.id::text)
        and not exists (select 1 from evaluations i where i.season = e.season and i.submission_id = e.submission_id and i.snapshot_at is not null)
    union all select 'entry without evaluation', id::text from season_entries n
      where not exists (select 1 from evaluations e where e.season = n.season and e.submission_id = n.submission_id)
    union all select 'withdrawn entry without event', id::text from season_entries e
      where withdrawn_at is not null and not exists (select 1 from told where kind = 'season.withdrawn' and subject = e.id::text)
    union all select 'review without event', id::text from season_reviews r
      where not exists (select 1 from told where kind = 'season.reviewed' and data ->> 'review' = r.id::text)
    union all select 'dispute without event', id::text from season_disputes d
      where not exists (select 1 from told where kind = 'season.disputed' and data ->> 'dispute' = d.id::text)
    union all select 'answer without event', id::text from season_disputes d
      where answer is not null and not exists (select 1 from told where kind = 'season.answered' and subject = d.id::text)
    union all select 'event without what it tells', subject from told where not case kind
      when 'submission.created' then exists (select 1 from submissions where id::text = subject)
      when 'submission.withdrawn' then exists (select 1 from submissions where id::text = subject and withdrawn_at is not null)
      when 'submission.named' then exists (select 1 from submissions where id::text = subject and anonymous_until is null)
      when 'evaluation.requested' then exists (select 1 from evaluations where id::text = subject)
      when 'evaluation.imported' then exists (select 1 from evaluations where id::text = subject)
      when 'evaluation.refused' then exists (select 1 from evaluations where id::text = subject and refused is not null)
      when 'evaluation.admitted' then exists (select 1 from evaluation_jobs where evaluation_id::text = subject)
      when 'result.accepted' then exists (select 1 from results where job_id::text = subject)
      when 'season.begun' then exists (select 1 from seasons where name = subject)
      when 'season.opened' then exists (select 1 from seasons where name = subject and state <> 'opening')
      when 'season.runner-added' then exists (
        select 1 from season_runners where season = subject and runner_id::text = data ->> 'runner' and added_at is not null)
      when 'season.closing' then exists (select 1 from seasons where name = subject and state in ('closing', 'closed'))
      when 'season.closed' then exists (select 1 from seasons where name = subject and state = 'closed')
      when 'season.imported' then exists (select 1 from seasons where name = subject and state = 'closed')
      when 'season.entered' then exists (select 1 from season_entries where id::text = subject)
      when 'season.withdrawn' then exists (select 1 from season_entries where id::text = subject and withdrawn_at is not null)
      when 'season.reviewed' then exists (select 1 from season_reviews where id::text = data ->> 'review')
      when 'season.disputed' then exists (select 1 from season_disputes where id::text = data ->> 'dispute')
      when 'season.answered' then exists (select 1 from season_disputes where id::text = subject and answer is not null)
      else true end`);
  return rows.map(({ what, id }) => `${what}: ${id}`);
}

describe('a database that dies between any two statements of it leaves nothing half written of', () => {
  let owner: string;
  let house: string;
  let runner: queue.TestRunner;
  let snapshot: SnapshotRow;
  const oracle = baselineOf('oracle-filter');
  const viewer = () => ({ id: owner, name: 'Ada', role: 'researcher' as const, local: true });
  const request = (suite = 'smoke-1') =>
    SubmissionRequest.parse({
      name: 'A defense',
      suite,
      code: `export default { shape: (s) => s.sum(s.norms()) }; // ${Math.random()}`,
      card: {},
    });
  const lease = async () => {
    const token = queue.newToken();
    return { leased: (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!, token };
  };
  const post = async (held: { leased: Leased; token: string }, change: Parameters<typeof queue.resultFor>[1] = {}) =>
    completeJob(
      runner,
      queue.fenceOf(runner, held.leased, held.token),
      await queue.sealedBy(runner, queue.resultFor(held.leased, change)),
    );
  /** A submission of the owner's whose public evaluation is complete, and an entry of one. */
  const submitted = async () => {
    await queue.clearQueue();
    const { id } = await submit(viewer(), request());
    await execute(sql`
      insert into scores (evaluation_id, inputs, state, cut_short) select id, 'test', 'scored', false from evaluations where submission_id = ${id}::uuid`);
    await execute(
      sql`update evaluations set suite = ${publicSuiteOf({ plan: 'smoke' }).id}, snapshot_at = now() where submission_id = ${id}::uuid`,
    );
    return id;
  };
  const entry = async () => enterSeason(viewer(), await submitted(), (await openedSeason(nextName())).name);
  let month = 0;
  const nextName = () => `${3000 + Math.floor(month / 12)}-${String(1 + (month++ % 12)).padStart(2, '0')}`;
  const finishAll = async (change: Parameters<typeof queue.resultFor>[1] = {}) => {
    for (let held = await lease(); held.leased; held = await lease()) await post(held, change);
  };
  beforeAll(async () => {
    owner = await queue.makeUser();
    house = await userOf(houseIdentity);
    runner = await queue.makeRunner();
    await seedBaseline(house, oracle, smoke1.id);
    await finishAll();
    [snapshot] = (await exportSnapshot(smoke1.id)) as [SnapshotRow];
    snapshot = SnapshotRow.parse(JSON.parse(JSON.stringify(snapshot)));
  });

  /** All but people and runners. What is compared after each statement grows with what lies there. */
  const forget = async () => {
    for (const table of written) await execute(sql`delete from ${sql.identifier(table)}`);
  };
  beforeEach(forget);

  /** What is done first, on a database that lives; it returns what the database dies in. */
  const works: Record<string, () => Promise<() => Promise<unknown>>> = {
    'a submission': async () => () => submit(viewer(), request()),
    'a submission for a suite that another comes before': async () => () => submit(viewer(), request(core1.id)),
    'a name that is told': async () => {
      const anonymousUntil = inAWeek().slice(0, 10);
      const { id } = await submit(viewer(), { ...request(), name: 'Anonymous once', anonymousUntil });
      return () => tellAuthor(id, viewer());
    },
    'a withdrawal': async () => {
      const { id } = await submit(viewer(), request());
      return () => withdraw(id, viewer(), 'It was wrong.');
    },
    'a reference defense': async () => {
      const another = baselineOf('none');
      return () => seedBaseline(house, { ...another, code: `${another.code}// ${Math.random()}` }, smoke1.id);
    },
    'an evaluation that is asked for': async () => {
      const { id } = await submit(viewer(), request());
      return () => requestEvaluation({ submissionId: id, suiteId: core1.id, requestedBy: owner });
    },
    'an evaluation that is asked for again': async () => {
      const { id } = await submit(viewer(), request());
      const [{ evaluation }] = (await execute<{ evaluation: string }>(
        sql`select id as evaluation from evaluations where submission_id = ${id}::uuid`,
      )) as [{ evaluation: string }];
      await queue.clearQueue();
      return () => enqueueEvaluation(evaluation);
    },
    'an evaluation renewed for another harness': async () => {
      await queue.clearQueue();
      await submit(viewer(), request());
      const old = `sha256:${'0'.repeat(64)}`;
      await execute(sql`update evaluations e set harness_digest = ${old} from evaluation_jobs ej join jobs j on j.id = ej.job_id
        where ej.evaluation_id = e.id and j.state = 'queued'`);
      await execute(sql`update jobs set harness_digest = ${old}, key = key || ' old' where state = 'queued'`);
      return renewOutdated;
    },
    'a result': async () => {
      await submit(viewer(), request());
      const held = await lease();
      return () => post(held);
    },
    'a result that ends an evaluation, and lets the next one begin': async () => {
      await queue.clearQueue();
      await submit(viewer(), request(core1.id));
      await post(await lease());
      const held = await lease();
      return () => post(held);
    },
    'a result that keeps the next evaluation from beginning': async () => {
      await queue.clearQueue();
      await submit(viewer(), request(core1.id));
      await post(await lease());
      const held = await lease();
      return () => post(held, { outcome: 'threw' });
    },
    'a result at the time limit, which ends the others': async () => {
      await queue.clearQueue();
      await submit(viewer(), request());
      const held = await lease();
      return () => post(held, { outcome: 'timed-out' });
    },
    'an admission': async () => {
      await queue.clearQueue();
      const { id } = await submit(viewer(), request());
      await finishAll();
      await requestEvaluation({ submissionId: id, suiteId: core1.id, requestedBy: owner });
      return () => admitWaiting(null);
    },
    'the beginning of a season': async () => () => beginSeason({ name: nextName(), plan: 'smoke', holder: hex() }),
    'the opening of a season': async () => {
      const [name, holder] = [nextName(), hex()];
      await beginSeason({ name, plan: 'smoke', holder });
      const commitment = `sha256:${hex()}` as const;
      return () =>
        openSeason({
          name,
          holder,
          commitment,
          closesAt: inAWeek(),
          shownAtOnce: false,
          runners: [runner.id],
          engines: ['wasm'],
        });
    },
    'one more runner of a season': async () => {
      const { name, holder } = await openedSeason(nextName());
      return () => addSeasonRunner({ name, holder, runner: runner.id, reason: 'The other one died.' });
    },
    'the close of a season': async () => {
      const { name, holder, disclosure } = await openedSeason(nextName());
      return async () => {
        await beginClose(name, holder);
        await closeSeason({ name, holder, disclosure, now: false });
      };
    },
    'a season that was held elsewhere': async () => {
      const { commitment, disclosure } = await openedSeason(nextName());
      const at = new Date().toISOString();
      const { id, name: called } = runner;
      const season = {
        name: nextName(),
        plan: 'smoke',
        state: 'closed' as const,
        commitment,
        shownAtOnce: false,
        note: null,
        runners: [{ id, name: called, addedAt: null, reason: null }],
        engines: ['wasm' as const],
        begunAt: at,
        openedAt: at,
        closesAt: at,
        closedAt: at,
        disclosure,
      };
      const runners = await runnersWithKeys([id]);
      return () => importSeason({ format: 'antidote-season-1', season, runners });
    },
    'an entry': async () => {
      const { name } = await openedSeason(nextName());
      const id = await submitted();
      return () => enterSeason(viewer(), id, name);
    },
    'the end of an entry': async () => {
      const { id } = await entry();
      return () => withdrawEntry(viewer(), id, 'It was wrong.');
    },
    'a review': async () => {
      const [{ id }, organizer] = [await entry(), await person('Olga', 'organizer')];
      return () => reviewEntry(organizer, id, 'cleared', 'Read.');
    },
    'a dispute and its answer': async () => {
      const [{ id }, organizer] = [await entry(), await person('Olga', 'organizer')];
      return async () => answerDispute(organizer, await disputeEntry(viewer(), id, 'It is copied.'), 'It is not.');
    },
    'a row of the reference table': async () => {
      await forget();
      return () => importSnapshot(house, snapshot, oracle);
    },
  };

  it.each(Object.entries(works))('%s', async (_, prepare) => {
    for (let statements = 0, ended = false; !ended; statements++) {
      const work = await prepare();
      if (statements === 0) expect(await halves()).toEqual([]); // later, what it leaves is seen below
      ended = await diesAfter(statements, work);
      expect(await halves(), `after ${statements} statements`).toEqual([]);
    }
  });

  it('and the list of these is whole: nothing else writes submissions, evaluations, results or seasons', () => {
    const tables =
      'submissions|evaluations|results|seasons|season_runners|season_entries|season_reviews|season_disputes';
    const write = new RegExp(
      `(insert into|update|delete from) (${tables})\\b|\\.(insert|update|delete)\\((${tables})\\)`,
      'g',
    );
    const found = sources
      .filter((path) => /^(lib|app)\//.test(path))
      .flatMap((path) =>
        [...readFileSync(join(root, path), 'utf8').matchAll(write)].map(([text]) => `${path}: ${text}`),
      );
    expect(found.sort()).toEqual([
      'lib/db/admission.ts: update evaluations', // an admission that is refused
      'lib/db/anonymity.ts: update submissions', // a name that is told
      'lib/db/evaluations.ts: insert into evaluations', // an evaluation that is asked for
      'lib/db/results.ts: insert into results', // a result
      'lib/db/season-entries.ts: insert into season_entries', // an entry
      'lib/db/season-entries.ts: update season_entries', // its end
      'lib/db/season-evaluations.ts: insert into evaluations', // an entry
      'lib/db/season-places.ts: .update(seasons)', // places, which follow from what is there
      'lib/db/season-reviews.ts: insert into season_disputes', // a dispute
      'lib/db/season-reviews.ts: insert into season_reviews', // a review
      'lib/db/season-reviews.ts: update season_disputes', // an answer
      'lib/db/season-snapshots.ts: insert into season_runners', // a season that was held elsewhere
      'lib/db/season-snapshots.ts: insert into seasons',
      'lib/db/seasons.ts: insert into season_runners', // the opening of a season
      'lib/db/seasons.ts: insert into season_runners', // one more runner
      'lib/db/seasons.ts: insert into seasons', // its beginning
      'lib/db/seasons.ts: update seasons', // the opening, the end of entries, the close
      'lib/db/seasons.ts: update seasons',
      'lib/db/seasons.ts: update seasons',
      'lib/db/snapshots.ts: insert into evaluations', // a row of the reference table
      'lib/db/snapshots.ts: insert into results',
      'lib/db/snapshots.ts: insert into season_entries',
      'lib/db/snapshots.ts: insert into season_runners',
      'lib/db/submissions.ts: update submissions', // a withdrawal
      'lib/db/submit.ts: insert into submissions', // a submission, a reference defense
      'lib/db/users.ts: update submissions', // takes people's names away; no event may tell of them
    ]);
  });
});

function baselineOf(which: 'oracle-filter' | 'none') {
  const { id, name, kind, code, card } = baselineNamed(which);
  return { id, name, kind, code, card };
}

// What the tests above rely on.
it('a baseline that is put among the submissions alone is found to be half written', async () => {
  const id = await submitBaseline(await userOf(houseIdentity), { ...baselineOf('none'), code: '// alone' });
  expect(await halves()).toEqual([`submission without evaluation: ${id}`]);
});
