import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { db } from '../../lib/db/client.ts';
import { enterSeason } from '../../lib/db/season-entries.ts';
import { beginClose, closeSeason } from '../../lib/db/seasons.ts';
import { onPostgres } from '../support/drivers.ts';
import { eventually } from '../support/eventually.ts';
import { onPglite } from '../support/pglite.ts';
import { requires } from '../support/requires.ts';
import { openedSeason, person, submissionOf } from '../support/season.ts';
import { execute } from '../support/sql.ts';

/** An entry and the beginning of a close at once: one of them comes first, and the entry is in time or late by that. */

const eventsOf = async (subjects: string[]) =>
  (
    await execute<{ kind: string }>(
      sql`select kind from events where subject in (${sql.join(subjects, sql`, `)}) and kind in ('season.entered', 'season.closing') order by seq`,
    )
  ).map(({ kind }) => kind);

/** What both come to when they are asked at once. */
async function atOnce(name: string, first: 'entry' | 'close') {
  const season = await openedSeason(name);
  const author = await person('Ada');
  const submission = await submissionOf(author);
  const enter = () => enterSeason(author, submission, name);
  const close = () => beginClose(name, season.holder);
  const [entry] =
    first === 'entry' ? await Promise.all([enter(), close()]) : (await Promise.all([close(), enter()])).reverse();
  const { id, late } = entry as Awaited<ReturnType<typeof enter>>;
  const closed = closeSeason({ name, holder: season.holder, disclosure: season.disclosure, now: false });
  const waitedFor = await closed.then(
    () => false,
    () => true,
  );
  return { late, waitedFor, events: await eventsOf([name, id]) };
}

const inTime = { late: false, waitedFor: true, events: ['season.entered', 'season.closing'] };
const late = { late: true, waitedFor: false, events: ['season.closing', 'season.entered'] };

describe('an entry and a close that begin at once, on PGlite', () => {
  onPglite();

  it.each(['entry', 'close'] as const)('come one after the other, the %s asked for first', async (first) => {
    const came = await atOnce(first === 'entry' ? '2027-01' : '2027-02', first);
    expect([inTime, late]).toContainEqual(came);
  });
});

describe.runIf(requires('postgresql'))('an entry and a close that begin at once, on PostgreSQL', () => {
  onPostgres('postgres');

  const waiting = async () => (await execute(sql`select distinct pid from pg_locks where not granted`)).length;

  /** Whether the work waits for a lock, beside so many that do already. */
  const waits = (work: Promise<unknown>, { beside }: { beside: number }) =>
    Promise.race([work.then(() => false), eventually(async () => (await waiting()) > beside).then(() => true)]);

  it('a close that begins while an entry is being taken waits for it, and then for its numbers', async () => {
    const { name, holder, disclosure } = await openedSeason('2027-01');
    const author = await person('Ada');
    const submission = await submissionOf(author);
    let entry: ReturnType<typeof enterSeason> | undefined;
    let close: ReturnType<typeof beginClose> | undefined;
    let waited = false;
    await (await db()).transaction(async (slow) => {
      await slow.execute(sql`lock table jobs in share mode`); // the entry is written, and its work can't be yet
      entry = enterSeason(author, submission, name);
      await waits(entry, { beside: 0 });
      close = beginClose(name, holder);
      waited = await waits(close, { beside: 1 });
    });
    expect({ waited, late: (await entry)?.late }).toEqual({ waited: true, late: false });
    expect((await close)?.state).toBe('closing');
    await expect(closeSeason({ name, holder, disclosure, now: false })).rejects.toThrow(/1 entry of season/);
    expect(await eventsOf([name, (await entry)!.id])).toEqual(inTime.events);
  });

  it('an entry that comes while a close begins waits for it, and is late', async () => {
    const { name } = await openedSeason('2027-02');
    const author = await person('Ada');
    const submission = await submissionOf(author);
    let entry: ReturnType<typeof enterSeason> | undefined;
    let waited = false;
    await (await db()).transaction(async (closing) => {
      await closing.execute(sql`update seasons set state = 'closing' where name = ${name}`);
      entry = enterSeason(author, submission, name);
      waited = await waits(entry, { beside: 0 });
    });
    expect({ waited, late: (await entry)?.late }).toEqual({ waited: true, late: true });
  });

  it('many at once: each entry is in time and before the close, or late and after it', async () => {
    for (let round = 1; round <= 6; round++)
      expect([inTime, late]).toContainEqual(await atOnce(`2028-0${round}`, round % 2 === 0 ? 'entry' : 'close'));
  });
});
