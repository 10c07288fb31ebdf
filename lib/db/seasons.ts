import { desc, eq, sql } from 'drizzle-orm';
import 'server-only';
import { runners, seasonRunners, seasons } from '../../drizzle/schema.ts';
import {
  type Disclosure,
  disclosureDefect,
  type SeasonBegin,
  type SeasonOpening,
  SeasonRecord,
} from '../contract/season.ts';
import { AppError } from '../errors.ts';
import { hashOf } from '../secrets.ts';
import { db } from './client.ts';
import { changeWithEvent } from './events.ts';
import { textArray } from './values.ts';

/**
 * Takes a season's name for the machine that holds it: of two that begin at once one has it. Said again by the same
 * holder it changes nothing. Throws `conflict` where another one holds it.
 */
export async function beginSeason({ name, plan, holder }: SeasonBegin): Promise<SeasonRecord> {
  const hash = hashOf(holder);
  await changeWithEvent(
    { kind: 'season.begun', subject: name, data: { plan } },
    sql`changed as (
      insert into seasons (name, plan, holder_hash) values (${name}, ${plan}, ${hash}) on conflict (name) do nothing returning name
    )`,
  );
  await requireHeld(name, holder);
  return requireSeason(name);
}

/**
 * Opens a season that is being opened, with all that is published of it before its close. Said again it changes nothing.
 * Throws `not-found` for a runner that there is not, and `conflict` for another holder or commitment.
 */
export async function openSeason(opening: SeasonOpening): Promise<SeasonRecord> {
  const { name, holder, commitment, closesAt, shownAtOnce, runners: holding } = opening;
  await requireHeld(name, holder);
  const ids = textArray(holding);
  const known = sql`(select count(*) from runners where id::text = any(${ids})) = ${new Set(holding).size}::int`;
  const opened = await changeWithEvent(
    { kind: 'season.opened', subject: name, data: { commitment, closesAt, shownAtOnce, runners: holding } },
    sql`
    changed as (
      update seasons set state = 'open', commitment = ${commitment}, shown_at_once = ${shownAtOnce}::bool, opened_at = now(),
        closes_at = ${closesAt}::timestamptz
      where name = ${name} and state = 'opening' and ${closesAt}::timestamptz > now() and ${known} returning name
    ), holding as (
      insert into season_runners (season, runner_id) select changed.name, r.id from changed, runners r where r.id::text = any(${ids}) returning 1
    )`,
  );
  const season = await requireSeason(name);
  if (opened > 0 || season.commitment === commitment) return season;
  if (season.state !== 'opening')
    throw new AppError('conflict', `Season ${name} is ${season.state}, with another commitment.`);
  throw Date.parse(closesAt) > Date.now()
    ? new AppError('not-found', 'runners: one of these is no runner of this site.')
    : new AppError('invalid', `closesAt: ${closesAt} is over.`);
}

/** From now on entries are late. Said again it changes nothing. Throws `conflict` for a season that is not open. */
export async function beginClose(name: string, holder: string): Promise<SeasonRecord> {
  await requireHeld(name, holder);
  await changeWithEvent(
    { kind: 'season.closing', subject: name, data: {} },
    sql`changed as (update seasons set state = 'closing' where name = ${name} and state = 'open' returning name)`,
  );
  const season = await requireSeason(name);
  if (season.state === 'opening') throw new AppError('conflict', `Season ${name} was never opened.`);
  return season;
}

/**
 * Ends a season that is closing and makes public what it was committed to. Said again it changes nothing. Throws
 * `invalid` for anything else than was committed to, and `conflict` for a season that is not closing.
 */
export async function closeSeason(name: string, holder: string, disclosure: Disclosure): Promise<SeasonRecord> {
  await requireHeld(name, holder);
  const { state, commitment, disclosure: known } = await requireSeason(name);
  if (state === 'opening' || state === 'open' || commitment === null)
    throw new AppError('conflict', `Season ${name} is ${state}; it has to be closing first.`);
  const defect = await disclosureDefect(commitment, disclosure);
  if (defect) throw new AppError('invalid', `Season ${name} can’t be closed with this: ${defect}.`);
  if (known === null)
    await changeWithEvent(
      { kind: 'season.closed', subject: name, data: { committed: disclosure.committed } },
      sql`changed as (
        update seasons set state = 'closed', closed_at = now(), disclosure = ${JSON.stringify(disclosure)}::jsonb
        where name = ${name} and state = 'closing' returning name
      )`,
    );
  return requireSeason(name);
}

/** Every season, the newest first. */
export async function listSeasons(): Promise<SeasonRecord[]> {
  const rows = await (await db()).select().from(seasons).orderBy(desc(seasons.createdAt));
  return Promise.all(rows.map(recordOf));
}

export async function findSeason(name: string): Promise<SeasonRecord | null> {
  const row = await rowOf(name);
  return row && recordOf(row);
}

export async function requireSeason(name: string): Promise<SeasonRecord> {
  const found = await findSeason(name);
  if (!found) throw new AppError('not-found', `There is no season '${name}'.`);
  return found;
}

async function requireHeld(name: string, holder: string): Promise<void> {
  const row = await rowOf(name);
  if (!row) throw new AppError('not-found', `There is no season '${name}'.`);
  if (row.holderHash !== hashOf(holder))
    throw new AppError(
      'conflict',
      `Season ${name} was begun on another machine; only there it can be opened and closed.`,
    );
}

type Row = typeof seasons.$inferSelect;

async function rowOf(name: string): Promise<Row | null> {
  const [row] = await (await db()).select().from(seasons).where(eq(seasons.name, name));
  return row ?? null;
}

async function recordOf({
  holderHash: _,
  createdAt,
  openedAt,
  closesAt,
  closedAt,
  ...row
}: Row): Promise<SeasonRecord> {
  const holding = await (await db())
    .select({ id: runners.id, name: runners.name })
    .from(seasonRunners)
    .innerJoin(runners, eq(runners.id, seasonRunners.runnerId))
    .where(eq(seasonRunners.season, row.name))
    .orderBy(runners.name);
  return SeasonRecord.parse({
    ...row,
    runners: holding,
    begunAt: createdAt.toISOString(),
    openedAt: openedAt?.toISOString() ?? null,
    closesAt: closesAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
  });
}
