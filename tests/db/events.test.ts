import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { changeWithEvent, eventHash } from '../../lib/db/events.ts';
import { onEveryDriver } from '../support/drivers.ts';
import { execute } from '../support/sql.ts';

const event = { kind: 'audit.ended' as const, subject: 'site', data: {} };
const at = '2026-11-28T00:00:00.000Z';

it('the hash of an event covers the hash of the one before: another past, another hash', async () =>
  expect(await eventHash('sha256:0', { ...event, at })).not.toBe(await eventHash('sha256:1', { ...event, at })));

onEveryDriver(() => {
  const events = async () => (await execute(sql`select 1 from events`)).length;

  it('a change that is not made leaves no event', async () => {
    const before = await events();
    expect(await changeWithEvent(event, sql`changed as (select 1 as done where false)`)).toBe(0);
    expect(await events()).toBe(before);
    expect(await changeWithEvent(event, sql`changed as (select 1 as done)`)).toBe(1);
    expect(await events()).toBe(before + 1);
  });
});
