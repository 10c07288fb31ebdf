import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { commitmentOf, SeasonSummary } from '../../lib/contract/season.ts';
import { enterSeason, entriesOf, withdrawEntry } from '../../lib/db/season-entries.ts';
import { answerDispute, disputeEntry, disputesOf, reviewEntry, reviewsOf } from '../../lib/db/season-reviews.ts';
import {
  beginClose,
  beginSeason,
  closeSeason,
  findWholeSeason,
  listSeasons,
  openSeason,
} from '../../lib/db/seasons.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { disclosureFor, hex, inAWeek, openedSeason, person, submissionOf } from '../support/season.ts';
import { execute } from '../support/sql.ts';

onPglite();

let author: SignedIn;
let other: SignedIn;
let organizer: SignedIn;
beforeAll(async () => {
  author = await person('Ada');
  other = await person('Ben');
  organizer = await person('Olga', 'organizer');
});

const eventsOf = async (subject: string) =>
  (await execute<{ kind: string }>(sql`select kind from events where subject = ${subject} order by seq`)).map(
    ({ kind }) => kind,
  );

describe('a season', () => {
  it('goes from opening to open, closing and closed, with one event each, and each step said twice counts once', async () => {
    const [name, holder, disclosure] = ['2026-01', hex(), await disclosureFor()];
    const commitment = await commitmentOf(disclosure.committed);
    const runner = await queue.makeRunner();
    const opening = {
      name,
      holder,
      commitment,
      closesAt: inAWeek(),
      shownAtOnce: false,
      note: '  A demonstration:\nits seed is no secret. ',
      runners: [runner.id],
      engines: ['wasm' as const],
    };
    const steps = [
      () => beginSeason({ name, plan: 'smoke', holder }),
      () => openSeason(opening),
      () => beginClose(name, holder),
      () => closeSeason({ name, holder, disclosure, now: false }),
    ];
    const states = [];
    for (const step of steps) {
      states.push((await step()).state);
      expect(await step()).toEqual(SeasonSummary.parse(await findWholeSeason(name)));
    }
    expect(states).toEqual(['opening', 'open', 'closing', 'closed']);
    expect(await eventsOf(name)).toEqual(['season.begun', 'season.opened', 'season.closing', 'season.closed']);
    expect(await findWholeSeason(name)).toMatchObject({
      commitment,
      disclosure,
      runners: [{ id: runner.id, name: runner.name, addedAt: null, reason: null }],
      closesAt: opening.closesAt,
      note: 'A demonstration: its seed is no secret.',
    });
  });

  it('is one machine’s: of two that begin at once one has the name, and only it can go on', async () => {
    const [a, b] = [hex(), hex()];
    const both = await Promise.allSettled(
      [a, b].map((holder) => beginSeason({ name: '2026-02', plan: 'smoke', holder })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = both[0]!.status === 'fulfilled' ? a : b;
    const opening = {
      name: '2026-02',
      holder: winner === a ? b : a,
      commitment: `sha256:${'1'.repeat(64)}` as const,
      closesAt: inAWeek(),
      shownAtOnce: false,
      runners: [],
      engines: ['wasm' as const],
    };
    await expect(openSeason(opening)).rejects.toMatchObject({ code: 'conflict' });
    expect((await openSeason({ ...opening, holder: winner })).state).toBe('open');
    await expect(openSeason({ ...opening, holder: winner, commitment: `sha256:${'2'.repeat(64)}` })).rejects.toThrow(
      /another commitment/,
    );
    await expect(beginClose('2026-02', hex())).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is not opened for a time that is over, nor for a runner that there is not', async () => {
    const holder = hex();
    await beginSeason({ name: '2026-03', plan: 'smoke', holder });
    const opening = {
      name: '2026-03',
      holder,
      commitment: `sha256:${'1'.repeat(64)}` as const,
      closesAt: inAWeek(),
      shownAtOnce: false,
      runners: [],
      engines: ['wasm' as const],
    };
    await expect(openSeason({ ...opening, closesAt: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'invalid',
    });
    const runners = ['00000000-0000-4000-8000-000000000000'];
    await expect(openSeason({ ...opening, runners })).rejects.toMatchObject({ code: 'invalid' });
    await expect(beginClose('2026-03', holder)).rejects.toMatchObject({ code: 'conflict' });
    const retired = await queue.makeRunner();
    await queue.setRunnerState(retired.id, 'retired');
    for (const [runner, why] of [
      [runners[0]!, /is no runner of this site/],
      [retired.id, /gets no work: it is retired/],
    ] as const)
      await expect(beginSeason({ name: '2026-03', plan: 'smoke', holder, runners: [runner] })).rejects.toThrow(why);
    expect((await findWholeSeason('2026-03'))!.state).toBe('opening');
  });

  it('is closed with what it was committed to and nothing else', async () => {
    const { name, holder, disclosure } = await openedSeason('2026-04');
    await expect(closeSeason({ name, holder, disclosure, now: false })).rejects.toMatchObject({ code: 'conflict' }); // not closing yet
    await beginClose(name, holder);
    const [first, ...others] = disclosure.references;
    const changed = [
      await disclosureFor(),
      { ...disclosure, committed: { ...disclosure.committed, salt: hex() } },
      { ...disclosure, references: others },
      { ...disclosure, references: [{ ...first!, clean: [] }, ...disclosure.references] },
      { ...disclosure, references: [{ ...first!, cells: first!.cells.slice(1) }, ...others] },
      { ...disclosure, gates: { ...disclosure.gates, budgets: { cells: 1, broken: [], ok: true } } },
    ];
    for (const wrong of changed)
      await expect(closeSeason({ name, holder, disclosure: wrong, now: false })).rejects.toMatchObject({
        code: 'invalid',
      });
    expect((await closeSeason({ name, holder, disclosure, now: false })).state).toBe('closed');
  });

  it('has neither seed nor salt nor data set in any table before its close', async () => {
    const { name, holder, disclosure } = await openedSeason('2026-05');
    const { salt, draw } = disclosure.committed;
    const everything = async () => {
      const tables = await execute<{ name: string }>(
        sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
      );
      const texts = await Promise.all(
        tables.map(({ name: table }) =>
          execute<{ row: string }>(sql`select to_jsonb(t)::text as row from ${sql.identifier(table)} t`),
        ),
      );
      return texts
        .flat()
        .map(({ row }) => row)
        .join('\n');
    };
    const before = await everything();
    for (const secret of [salt, draw.seed, holder]) expect(before).not.toContain(secret);
    const rows = await execute<{ row: string }>(
      sql`select to_jsonb(t)::text as row from seasons t where name = ${name}`,
    );
    expect(rows[0]!.row).not.toContain(draw.dataset);
    await beginClose(name, holder);
    await closeSeason({ name, holder, disclosure, now: false });
    expect(await everything()).toContain(draw.seed);
    expect(await everything()).not.toContain(holder);
  });

  it('is listed, the newest first', async () => {
    const names = (await listSeasons()).map(({ name }) => name);
    expect(names.indexOf('2026-05')).toBeLessThan(names.indexOf('2026-04'));
  });
});

describe('an entry', () => {
  it('is its author’s: two a season, also of many that come at once, and again it is the same one', async () => {
    const { name } = await openedSeason('2027-01');
    const own = await Promise.all(Array.from({ length: 4 }, () => submissionOf(author)));
    const all = await Promise.allSettled(own.map((id) => enterSeason(author, id, name)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    await expect(enterSeason(author, own[3]!, name)).rejects.toThrow(/You have entered 2/);
    const entered = await enterSeason(author, own[0]!, name);
    expect((await entriesOf(name)).filter(({ submission }) => submission === own[0])).toEqual([entered]);
    expect(await eventsOf(entered.id)).toEqual(['season.entered']);
    await expect(enterSeason(other, own[0]!, name)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(enterSeason(organizer, own[0]!, name)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await enterSeason(other, await submissionOf(other), name)).toMatchObject({ late: false, review: null });
  });

  it('takes a slot that nobody can take twice, whatever writes', async () => {
    const { name } = await openedSeason('2027-02');
    const insert = async (slot: number) =>
      execute(sql`insert into season_entries (season, submission_id, author_id, slot, late)
        values (${name}, ${await submissionOf(author)}::uuid, ${author.id}::uuid, ${slot}::int, false)`);
    await insert(1);
    await expect(insert(1)).rejects.toThrow();
    await expect(insert(3)).rejects.toThrow();
  });

  it('needs a complete public evaluation, a season that takes entries, and a submission that stands', async () => {
    const { name } = await openedSeason('2027-03');
    const failed = await submissionOf(author, { complete: false });
    await expect(enterSeason(author, failed, name)).rejects.toThrow(/smoke-2 has to be complete/);
    const withdrawn = await submissionOf(author);
    await execute(
      sql`update submissions set withdrawn_at = now(), withdrawn_reason = 'no' where id = ${withdrawn}::uuid`,
    );
    await expect(enterSeason(author, withdrawn, name)).rejects.toThrow(/withdrawn/);
    await expect(enterSeason(author, await submissionOf(author), '2030-01')).rejects.toMatchObject({
      code: 'not-found',
    });
    const begun = { name: '2027-04', plan: 'smoke', holder: hex() };
    await beginSeason(begun);
    await expect(beginSeason({ ...begun, plan: 'core' })).rejects.toThrow(/begun with plan smoke/);
    await expect(enterSeason(author, await submissionOf(author), '2027-04')).rejects.toThrow(/not open yet/);
    expect(await entriesOf(name)).toEqual([]);
  });

  it('is late after the announced end and after the close began', async () => {
    const { name, holder } = await openedSeason('2027-05');
    await execute(sql`update seasons set closes_at = now() where name = ${name}`);
    expect((await enterSeason(author, await submissionOf(author), name)).late).toBe(true);
    const next = await openedSeason('2027-06');
    await beginClose(next.name, next.holder);
    expect((await enterSeason(author, await submissionOf(author), next.name)).late).toBe(true);
    expect(holder).not.toBe(next.holder);
  });

  it('of the house is an organizer’s to enter, any number of them, and can’t be withdrawn', async () => {
    const { name } = await openedSeason('2027-07');
    const house = await person('Antidote');
    for (const baseline of ['none', 'dp-sgd', 'clip-only']) {
      const id = await submissionOf(house, { baseline });
      await expect(enterSeason(other, id, name)).rejects.toMatchObject({ code: 'forbidden' });
      await enterSeason(organizer, id, name);
    }
    const entries = await entriesOf(name);
    expect(entries).toHaveLength(3);
    await expect(withdrawEntry(organizer, entries[0]!.id, 'no')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('that is withdrawn keeps its row and its slot', async () => {
    const { name } = await openedSeason('2027-08');
    const entry = await enterSeason(author, await submissionOf(author), name);
    await enterSeason(author, await submissionOf(author), name);
    await expect(withdrawEntry(other, entry.id, 'Not mine.')).rejects.toMatchObject({ code: 'forbidden' });
    await withdrawEntry(author, entry.id, 'A mistake.');
    await withdrawEntry(author, entry.id, 'Another reason.');
    expect((await entriesOf(name))[0]).toMatchObject({ id: entry.id, withdrawnReason: 'A mistake.' });
    expect(await eventsOf(entry.id)).toEqual(['season.entered', 'season.withdrawn']);
    await expect(enterSeason(author, entry.submission, name)).rejects.toMatchObject({ code: 'conflict' });
    await expect(enterSeason(author, await submissionOf(author), name)).rejects.toThrow(/You have entered 2/);
  });
});

describe('a review', () => {
  it('is an organizer’s, the newest decides, and nobody reviews an own entry', async () => {
    const { name } = await openedSeason('2028-01');
    const { id } = await enterSeason(author, await submissionOf(author), name);
    for (const nobody of [author, other])
      await expect(reviewEntry(nobody, id, 'cleared', 'Fine.')).rejects.toThrow('Only organizers review entries.');
    await expect(reviewEntry(organizer, id, 'cleared', ' ')).rejects.toMatchObject({ code: 'invalid' });
    await reviewEntry(organizer, id, 'refused', 'It holds weights.');
    await reviewEntry(organizer, id, 'cleared', 'They are its name.');
    expect((await entriesOf(name))[0]!.review).toBe('cleared');
    expect((await reviewsOf(id)).map(({ verdict, reviewer }) => [verdict, reviewer])).toEqual([
      ['cleared', 'Olga'],
      ['refused', 'Olga'],
    ]);
    const own = await enterSeason(organizer, await submissionOf(organizer), name);
    await expect(reviewEntry(organizer, own.id, 'cleared', 'Mine.')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await eventsOf(own.id)).toEqual(['season.entered']);
  });
});

describe('a dispute', () => {
  it('is anybody’s who is signed in, is answered once by an organizer, and five may wait', async () => {
    const { name } = await openedSeason('2028-02');
    const { id } = await enterSeason(author, await submissionOf(author), name);
    const first = await disputeEntry(other, id, 'It is my code.');
    expect(await disputeEntry(other, id, ' It is my code. ')).toBe(first); // sent twice, it stands once
    await expect(answerDispute(other, first, 'No.')).rejects.toMatchObject({ code: 'forbidden' });
    for (let more = 0; more < 4; more++) await disputeEntry(other, id, `${more}`);
    await expect(disputeEntry(other, id, 'One more.')).rejects.toMatchObject({ code: 'too-many' });
    expect((await entriesOf(name))[0]!.openDisputes).toBe(5);
    await answerDispute(organizer, first, 'We looked.');
    await expect(answerDispute(organizer, first, 'Again.')).rejects.toMatchObject({ code: 'conflict' });
    for (const id of ['\0', 'none', ''])
      await expect(answerDispute(organizer, id, 'To none.')).rejects.toMatchObject({ code: 'conflict' });
    expect((await disputesOf(id))[0]).toMatchObject({ by: 'Ben', reason: 'It is my code.', answer: 'We looked.' });
    expect((await entriesOf(name))[0]!.openDisputes).toBe(4);
    const own = await enterSeason(organizer, await submissionOf(organizer), name);
    const about = await disputeEntry(author, own.id, 'It is a copy.');
    await expect(answerDispute(organizer, about, 'It is not.')).rejects.toThrow('an entry of one’s own');
    await disputeEntry(other, id, 'One more.');
    await expect(disputeEntry(other, first, 'No entry.')).rejects.toMatchObject({ code: 'not-found' });
  });
});
