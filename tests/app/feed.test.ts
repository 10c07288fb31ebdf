import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { atom } from '../../app/feed.xml/atom.ts';
import { GET } from '../../app/feed.xml/route.ts';
import { beginClose, closeSeason } from '../../lib/db/seasons.ts';
import { onPglite } from '../support/pglite.ts';
import { makeUser } from '../support/queue.ts';
import { openedSeason, submissionOf } from '../support/season.ts';
import { execute } from '../support/sql.ts';

onPglite();

const feed = async (query = '') => {
  const answer = await GET(new Request(`http://localhost:3000/feed.xml${query}`), { params: Promise.resolve({}) });
  return { status: answer.status, text: await answer.text() };
};

it('tells of every evaluation that has ended, and with an id of that entry’s alone', async () => {
  const ada = { id: await makeUser('Ada'), name: 'Ada', role: 'researcher' as const, local: false };
  const [first, second] = [await submissionOf(ada), await submissionOf(ada, { complete: false })];
  const all = await feed();
  expect(all.text).toContain(`/submissions/${first}?suite=`);
  expect(all.text).toContain('failed in every trial');
  const own = await feed(`?submission=${first}`);
  expect(own.text).toContain(`/submissions/${first}?suite=`);
  expect(own.text).not.toContain(second);
});

it('stays well-formed XML where an older version stored what is no character', async () => {
  const [name, person] = ['A\uffffb', 'Be\ufffen'];
  const owner = { id: await makeUser(person), name: person, role: 'researcher' as const, local: false };
  const submission = await submissionOf(owner);
  await execute(sql`update submissions set name = ${name} where id = ${submission}::uuid`);
  const { text } = await feed(`?submission=${submission}`);
  expect(text).toContain('<title>Ab is scored');
  expect(text).toContain('<author><name>Ben</name></author>');
  expect(text).not.toMatch(/\p{Noncharacter_Code_Point}/u);
});

it('refuses what is no id', async () => expect((await feed("?submission=' or 1=1")).status).toBe(400));

it('holds what strangers wrote as text', () => {
  const item = {
    id: 'urn:a',
    title: '<b>&" is scored',
    page: 'http://a/?b&c',
    author: ']]>',
    at: '2026-11-28T00:00:00.000Z',
  };
  const text = atom([item], { address: 'http://a/feed.xml', origin: 'http://a' });
  expect(text).toContain('&lt;b&gt;&amp;&quot; is scored');
  expect(text).toContain('http://a/?b&amp;c');
  expect(text).toContain(']]&gt;');
});

it('tells of a season that has closed, the newest first, and not of one that is open', async () => {
  const closed = await openedSeason('2027-01');
  await openedSeason('2027-02');
  await beginClose(closed.name, closed.holder);
  await closeSeason({ ...closed, now: false });
  const { text } = await feed();
  expect(text.indexOf('<title>Season 2027-01 is closed</title>')).toBeLessThan(text.indexOf('is scored on'));
  expect(text).toContain('/seasons/2027-01"');
  expect(text).not.toContain('2027-02');
  expect((await feed('?submission=00000000-0000-4000-8000-000000000000')).text).not.toContain('2027-01');
});
