import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { completeJob } from '../../lib/complete-job.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { similarEntries } from '../../lib/db/season-similarity.ts';
import { withdraw } from '../../lib/db/submissions.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { openedSeason, person } from '../support/season.ts';
import { execute } from '../support/sql.ts';

/** What an organizer is told that an entry's code is like. */

onPglite();

const original = readFileSync('runner/defenses/examples/filter.mjs', 'utf8');
let serial = 0;
/** The same module under other names: another text each time, and all of its runs are the original's. */
const copy = () => `${original.replaceAll('train', `rows${++serial}`)}// ${serial}\n`;
const stranger = () => `${readFileSync('runner/defenses/examples/shape.mjs', 'utf8')}// ${++serial}\n`;

let ada: SignedIn;
let ben: SignedIn;
let olga: SignedIn;
let runner: queue.TestRunner;
let season = '';
let months = 0;
beforeAll(async () => {
  [ada, ben, olga] = [await person('Ada'), await person('Ben'), await person('Olga', 'organizer')];
  runner = await queue.makeRunner();
});
beforeEach(async () => {
  await queue.clearQueue();
  await execute(sql`update submissions set withdrawn_at = now(), withdrawn_reason = 'test'`);
  ({ name: season } = await openedSeason(`21${String(10 + ++months)}-01`));
});

/** A submission, whose code is public when a trial of it is scored. */
async function submitted(who: SignedIn, code: string, { open = true, ours = false } = {}): Promise<string> {
  const { submissionId } = await queue.makeJobs(who.id, [[queue.trial]], { code, ours });
  if (open) {
    const token = queue.newToken();
    const leased = await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token);
    if (leased) {
      const sealed = await queue.sealedBy(runner, queue.resultFor(leased));
      expect(await completeJob(runner, queue.fenceOf(runner, leased, token), sealed)).toBe('accepted');
    } // else the same module has its result already
  }
  await queue.clearQueue();
  return submissionId;
}

async function entered(who: SignedIn, submission: string, slot = 1): Promise<string> {
  const [entry] = await execute<{ id: string }>(sql`
    insert into season_entries (season, submission_id, author_id, slot, late)
    values (${season}, ${submission}::uuid, ${who.id}::uuid, ${slot}::int, false) returning id`);
  return entry!.id;
}

const anonymous = (submission: string) =>
  execute(sql`update submissions set anonymous_until = now()::date + 30 where id = ${submission}::uuid`);
const likest = async (entry: string) => (await similarEntries(olga, entry)).likest;
const found = async (entry: string) => (await likest(entry)).map(({ submission }) => submission);

describe('an entry’s code is compared', () => {
  it('with what others have in public: a copy under other names is found, and where it was found', async () => {
    const bens = await submitted(ben, original);
    await submitted(ben, stranger());
    const entry = await entered(ada, await submitted(ada, copy()));
    expect(await similarEntries(olga, entry)).toEqual({
      likest: [
        {
          entry: null,
          submission: bens,
          reference: false,
          name: 'A defense',
          author: 'Ben',
          submittedAt: expect.any(String),
          share: 1,
        },
      ],
      compared: 2,
      of: 2,
    });
  });

  it('with the same text of another, once, as whose it was first', async () => {
    const code = copy();
    const [first] = [await submitted(ben, code), await submitted(olga, code)];
    expect(await found(await entered(ada, await submitted(ada, code)))).toEqual([first]);
  });

  it('with the reference defenses and the other entries of the season, which say so', async () => {
    const house = await person('antidote');
    const reference = await submitted(house, copy(), { ours: true, open: false });
    const [inSeason, own] = [await submitted(ben, copy()), await submitted(ada, copy())];
    const bens = await entered(ben, inSeason);
    const rows = await likest(await entered(ada, own));
    expect(rows.map(({ entry, submission, reference: ours }) => [entry, submission, ours])).toEqual([
      [null, reference, true],
      [bens, inSeason, false],
    ]);
  });

  it('with no version of its own, none that was withdrawn, that is not public, or that is too large to be ranked', async () => {
    const [earlier, withdrawn] = [await submitted(ada, copy()), await submitted(ben, copy())];
    await withdraw(withdrawn, ben, 'A mistake.');
    await submitted(ben, copy(), { open: false });
    await submitted(ben, `${copy()}//${' '.repeat(65_536)}`);
    const newer = await submitted(ada, copy());
    await execute(sql`update submissions set previous_id = ${earlier}::uuid where id = ${newer}::uuid`);
    expect(await similarEntries(olga, await entered(ada, newer))).toEqual({ likest: [], compared: 0, of: 0 });
  });

  it('for organizers alone', async () => {
    const entry = await entered(ada, await submitted(ada, copy()));
    for (const viewer of [null, ada]) await expect(similarEntries(viewer, entry)).rejects.toThrow(/organizer|sign/i);
  });
});

describe('what is compared does not tell who an anonymous author is', () => {
  it('an anonymous entry is like its author’s named submissions, as anybody can see, and not like its own versions', async () => {
    const [named, earlier, own] = [
      await submitted(ada, copy()),
      await submitted(ada, copy()),
      await submitted(ada, copy()),
    ];
    await execute(sql`update submissions set previous_id = ${earlier}::uuid where id = ${own}::uuid`);
    for (const id of [earlier, own]) await anonymous(id);
    expect(await found(await entered(ada, own))).toEqual([named]);
  });

  it('a named entry is like its author’s anonymous submissions, and no name is told with them', async () => {
    const [hidden, own] = [await submitted(ada, copy()), await submitted(ada, copy())];
    await anonymous(hidden);
    const rows = await likest(await entered(ada, own));
    expect(rows).toMatchObject([{ submission: hidden, author: expect.stringMatching(/^anonymous until /) }]);
  });
});

it('of very many the newest 500 are compared, and how many there are is said', async () => {
  const old = await submitted(ben, copy());
  await execute(sql`update submissions set created_at = now() - interval '1 year' where id = ${old}::uuid`);
  const house = await person('antidote');
  const reference = await submitted(house, copy(), { ours: true, open: false });
  await execute(sql`update submissions set created_at = now() - interval '2 years' where id = ${reference}::uuid`);
  const newer = await submitted(ben, stranger());
  await execute(sql`
    with module as (
      insert into modules (sha256, code, bytes, kind)
      select 'sha256:' || n, '// ' || n, 8, 'filter' from generate_series(1, 499) n returning sha256
    ), made as (
      insert into submissions (owner_id, module_sha256, name, card)
      select ${ben.id}::uuid, sha256, 'One of many', '{}'::jsonb from module returning id
    ), evaluated as (
      insert into evaluations (submission_id, suite, suite_digest, harness_digest, engine)
      select id, 'smoke-1', ${queue.suite.digest}, ${queue.harnessDigest}, 'wasm' from made returning id
    )
    insert into evaluation_jobs (evaluation_id, job_id)
    select evaluated.id, ej.job_id from evaluated, evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id
    where e.submission_id = ${newer}::uuid`);
  const entry = await entered(ada, await submitted(ada, copy()));
  const { likest: rows, ...counts } = await similarEntries(olga, entry);
  expect(counts).toEqual({ compared: 500, of: 502 });
  expect(rows.map(({ submission }) => submission)).toEqual([reference]); // it comes before the newest
});
