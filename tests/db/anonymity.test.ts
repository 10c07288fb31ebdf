import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Card } from '../../lib/contract/card.ts';
import { SubmissionRequest } from '../../lib/contract/submission-request.ts';
import { tellAuthor } from '../../lib/db/anonymity.ts';
import { boardsVersion } from '../../lib/db/boards-version.ts';
import { endedEvaluations } from '../../lib/db/ended-evaluations.ts';
import { entriesOf } from '../../lib/db/season-entries.ts';
import { disputeEntry, disputesOf } from '../../lib/db/season-reviews.ts';
import { similarEntries } from '../../lib/db/season-similarity.ts';
import { standings } from '../../lib/db/standings.ts';
import { findSubmission, withdraw, withdrawnSubmissions } from '../../lib/db/submissions.ts';
import { submit } from '../../lib/db/submit.ts';
import { renameUser } from '../../lib/db/users.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { openedSeason, person } from '../support/season.ts';
import { execute } from '../support/sql.ts';

onPglite();

const shape = readFileSync('runner/defenses/examples/shape.mjs', 'utf8');
let serial = 0;
const day = (inDays: number) => new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);
const inAMonth = day(30);
const shown = `anonymous until ${inAMonth}`;

let ada: SignedIn;
let ben: SignedIn;
let olga: SignedIn;
beforeAll(async () => {
  [ada, ben, olga] = [await person('Ada Secret'), await person('Ben'), await person('Olga', 'organizer')];
});

const send = (change: Partial<SubmissionRequest> = {}) =>
  submit(
    ada,
    SubmissionRequest.parse({
      name: 'A defense',
      suite: queue.suite.id,
      code: `${shape}// ${++serial}\n`,
      card: Card.parse({ authors: [{ name: 'Coauthor Secret' }] }),
      ...change,
    }),
  );
const anonymous = async () => (await send({ anonymousUntil: inAMonth })).id;
const seen = async (id: string, viewer: SignedIn | null) => (await findSubmission(id, viewer))!;
/** The day comes. */
const pass = (id: string) =>
  execute(sql`update submissions set anonymous_until = (now() at time zone 'utc')::date where id = ${id}::uuid`);

describe('an anonymous submission', () => {
  it('tells neither its owner nor its card’s authors to anybody but the owner', async () => {
    const id = await anonymous();
    for (const viewer of [null, ben, olga]) {
      expect(await seen(id, viewer)).toMatchObject({ author: shown, anonymousUntil: inAMonth, mine: false });
      expect((await seen(id, viewer)).card.authors).toEqual([]);
    }
    expect(await seen(id, ada)).toMatchObject({ author: shown, mine: true });
    expect((await seen(id, ada)).card.authors).toEqual([{ name: 'Coauthor Secret' }]);
  });

  it('is named by no board, feed, season, list of what was withdrawn, or comparison of code', async () => {
    const id = await anonymous();
    const [{ id: evaluation }] = (await execute(sql`select id from evaluations where submission_id = ${id}::uuid`)) as [
      { id: string },
    ];
    await execute(sql`insert into scores (evaluation_id, inputs, state, cut_short)
      values (${evaluation}::uuid, 'sha256:0', 'failed', false)`);
    const { name: season } = await openedSeason('2101-01');
    const [first, second] = [id, await anonymous()];
    for (const submission of [first, second])
      await execute(sql`insert into season_entries (season, submission_id, author_id, slot, late)
        values (${season}, ${submission}::uuid, ${ada.id}::uuid, ${submission === first ? 1 : 2}, false)`);
    const entries = await entriesOf(season);
    for (const who of [ada, ben]) await disputeEntry(who, entries[0]!.id, 'The seeds are few.');
    const disputes = await disputesOf(entries[0]!.id);
    expect(disputes.map(({ by }) => by)).toEqual([shown, 'Ben']);
    await withdraw(second, ada, 'A mistake.');
    const reads = [
      (await standings(queue.suite)).filter(({ submission }) => submission === id),
      (await endedEvaluations(id, 1)).map((row) => row),
      entries,
      (await similarEntries(olga, entries[0]!.id)).likest,
      (await withdrawnSubmissions()).filter((row) => row.id === second),
    ];
    for (const rows of reads) {
      expect(rows).not.toEqual([]);
      for (const row of rows) expect(row).toMatchObject({ author: shown });
      expect(JSON.stringify(rows)).not.toContain('Secret');
    }
  });

  it('tells them from the first minute of the day on', async () => {
    const id = await anonymous();
    const before = await boardsVersion();
    await pass(id);
    expect(await seen(id, null)).toMatchObject({ author: 'Ada Secret', anonymousUntil: null });
    expect((await seen(id, null)).card.authors).toEqual([{ name: 'Coauthor Secret' }]);
    expect(await boardsVersion()).not.toBe(before);
  });

  it('is told earlier by its owner alone, with all its versions, and once', async () => {
    const id = await anonymous();
    const next = (await send({ replaces: id })).id;
    for (const viewer of [ben, olga]) await expect(tellAuthor(id, viewer)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await seen(id, null)).toMatchObject({ author: shown });
    const before = await boardsVersion();
    await tellAuthor(next, ada);
    await tellAuthor(id, ada);
    for (const version of [id, next])
      expect(await seen(version, null)).toMatchObject({ author: 'Ada Secret', anonymousUntil: null });
    expect(await boardsVersion()).not.toBe(before);
    expect(
      await execute(sql`select data from events where kind = 'submission.named' and subject in (${id}, ${next})`),
    ).toEqual([{ data: {} }]);
  });

  it('gives its day to a new version: a line of versions is one author’s', async () => {
    const id = await anonymous();
    expect(await seen((await send({ replaces: id })).id, null)).toMatchObject({ author: shown });
    const other = await anonymous();
    await expect(send({ replaces: other, anonymousUntil: day(40) })).rejects.toMatchObject({
      code: 'conflict',
      message: `anonymousUntil: the version before this one is anonymous until ${inAMonth}; so is this.`,
    });
    const named = (await send()).id;
    await expect(send({ replaces: named, anonymousUntil: inAMonth })).rejects.toMatchObject({
      code: 'conflict',
      message: 'anonymousUntil: the version before this one names its author already.',
    });
  });

  it('is not made of a module that its owner submitted by name', async () => {
    const code = `${shape}// again\n`;
    const { id } = await send({ code });
    await expect(send({ code, anonymousUntil: inAMonth })).rejects.toMatchObject({
      code: 'conflict',
      message: `anonymousUntil: this very module is your submission ${id}, which names its author.`,
    });
  });

  it.each([-1, 0, 800])('is not taken until a day that is %i days away', async (away) => {
    await expect(send({ anonymousUntil: day(away) })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(
        /^anonymousUntil: a day from 2\d{3}-\d\d-\d\d to 2\d{3}-\d\d-\d\d is wanted, not /,
      ),
    });
  });
});

describe('an anonymous submission in the queue', () => {
  beforeEach(queue.clearQueue);
  const by = async (viewer: SignedIn, anonymousUntil?: string) => {
    const code = `${shape}// ${++serial}\n`;
    const { id } = await submit(
      viewer,
      SubmissionRequest.parse({ name: 'A defense', suite: queue.suite.id, code, card: {}, anonymousUntil }),
    );
    return id;
  };
  const tags = async (id: string) =>
    (
      await execute<{ vtime: number }>(sql`select j.vtime from jobs j join evaluation_jobs ej on ej.job_id = j.id
        join evaluations e on e.id = ej.evaluation_id where e.submission_id = ${id}::uuid order by j.vtime`)
    ).map(({ vtime }) => vtime);

  it('stands where it would stand if its owner had nothing else in it, and moves nothing else of the owner’s', async () => {
    const first = await tags(await by(ada));
    await by(ada);
    const [hers, bens] = [await by(ada, inAMonth), await by(ben)];
    expect(await tags(hers)).toEqual(await tags(bens));
    expect(await tags(hers)).toEqual(first);
    const length = first.at(-1)! - first[0]! + (first[1]! - first[0]!);
    expect((await tags(await by(ada)))[0]).toBe(first[0]! + 2 * length);
  });

  it('waits for the other anonymous ones, whoever’s they are', async () => {
    const [one, two] = [await tags(await by(ada, inAMonth)), await tags(await by(ben, inAMonth))];
    expect(two[0]).toBeGreaterThan(one.at(-1)!);
  });
});

it('a person whose submissions are all anonymous takes another name, and no board changes', async () => {
  const [dave, eve] = [await person('Dave'), await person('Eve')];
  const code = `${shape}// ${++serial}\n`;
  const asked = { name: 'A defense', suite: queue.suite.id, card: {} };
  const { id } = await submit(dave, SubmissionRequest.parse({ ...asked, code, anonymousUntil: inAMonth }));
  const changes = async (who: SignedIn) => {
    const before = await boardsVersion();
    await renameUser(who, `${who.name} Brown ${++serial}`);
    return (await boardsVersion()) !== before;
  };
  expect([await changes(eve), await changes(dave)]).toEqual([false, false]);
  await pass(id);
  expect(await changes(dave)).toBe(true);
});

it('no read of the data layer gives a person’s name as an author’s but through what withholds it', () => {
  const asks = readdirSync('lib/db', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'users.ts')
    .flatMap((file) =>
      [...readFileSync(`lib/db/${file}`, 'utf8').matchAll(/.*\bu(?:sers)?\.name\b.*/g)].map(
        ([line]) => `${file}: ${line.trim()}`,
      ),
    )
    .filter((line) => !/authorShown\(|md5\(|^season-reviews.ts: reviewer: users\.name,$/.test(line));
  expect(asks).toEqual([]);
});
