import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { runners, seasonRunners, seasons } from '../../drizzle/schema.ts';
import { seasonSuiteId } from '../catalog/seasons.ts';
import { canonicalJson } from '../contract/canonical.ts';
import type { Sha256 } from '../contract/ids.ts';
import { Reference } from '../contract/report.ts';
import {
  Disclosed,
  disclosureDefect,
  type SeasonBegin,
  type SeasonEnd,
  SeasonName,
  type SeasonOpening,
  SeasonRecord,
  type SeasonRunner,
  SeasonSummary,
  seasonLabel,
} from '../contract/season.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { hashOf } from '../secrets.ts';
import { db, execute } from './client.ts';
import { changeWithEvent } from './events.ts';
import { isOpen } from './jobs.ts';
import { findRunner, type Runner } from './runners.ts';
import { textArray } from './values.ts';

/**
 * Takes a season's name for the machine that holds it: of two that begin at once one has it. Said again by the same
 * holder it changes nothing. Throws `conflict` where another one holds it, or it was begun with another plan,
 * `invalid` for a runner that gets no work.
 */
export async function beginSeason({ name, plan, holder, runners: holding = [] }: SeasonBegin): Promise<SeasonSummary> {
  await requireWorkers(holding);
  const hash = hashOf(holder);
  await changeWithEvent(
    { kind: 'season.begun', subject: name, data: { plan } },
    sql`changed as (
      insert into seasons (name, plan, holder_hash) values (${name}, ${plan}, ${hash}) on conflict (name) do nothing returning name
    )`,
  );
  await requireHeld(name, holder);
  const season = await requireSeason(name);
  if (season.plan !== plan) throw new AppError('conflict', `Season ${name} was begun with plan ${season.plan}.`);
  return season;
}

async function requireWorkers(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const known = await findRunner(id);
    if (known?.class === 'official' && known.state !== 'retired') continue;
    const why = known ? noWork(known) : `${id} is no runner of this site`;
    throw new AppError('invalid', `runners: ${why}. Name others, or none.`);
  }
}

const noWork = ({ name, state, class: its }: Runner) =>
  `${name} gets no work: it is ${state === 'retired' ? 'retired' : its}`;

/**
 * Opens a season that is being opened, with all that is published of it before its close. Said again it changes
 * nothing. Throws `invalid` for a runner that gets no work, and `conflict` for another holder or commitment.
 */
export async function openSeason(opening: SeasonOpening): Promise<SeasonSummary> {
  const { name, holder, commitment, closesAt, shownAtOnce, runners: holding, engines, references } = opening;
  const note = plainLine(opening.note ?? '') || null;
  await requireHeld(name, holder);
  if ((await requireSeason(name)).state === 'opening') await requireWorkers(holding);
  const ids = textArray(holding);
  const opened = await changeWithEvent(
    {
      kind: 'season.opened',
      subject: name,
      data: { commitment, closesAt, shownAtOnce, note, runners: holding, engines },
    },
    sql`
    changed as (
      update seasons set state = 'open', commitment = ${commitment}, shown_at_once = ${shownAtOnce}::bool, note = ${note}, "references" = ${shownAtOnce && references ? JSON.stringify(references) : null}::jsonb, engines = ${textArray(engines)}, opened_at = now(),
        closes_at = ${closesAt}::timestamptz
      where name = ${name} and state = 'opening' and ${closesAt}::timestamptz > now() returning name
    ), holding as (
      insert into season_runners (season, runner_id) select changed.name, r.id from changed, runners r where r.id::text = any(${ids}) returning 1
    )`,
  );
  const season = await requireSeason(name);
  if (opened > 0 || season.commitment === commitment) return season;
  if (season.state !== 'opening')
    throw new AppError('conflict', `Season ${name} is ${season.state}, with another commitment.`);
  throw new AppError('invalid', `closesAt: ${closesAt} is over.`);
}

/**
 * Names one more runner that holds the season's files, beside those of the opening. Named again it changes nothing:
 * time and reason stay. Throws `not-found` for a runner that there is not, and `conflict` for another holder, a season
 * that is not open or closing, and a runner that gets no work.
 */
export async function addSeasonRunner({ name, holder, runner, reason: given }: SeasonRunner): Promise<SeasonSummary> {
  await requireHeld(name, holder);
  const reason = plainLine(given);
  if (!reason) throw new AppError('invalid', 'reason: a reason is wanted');
  await changeWithEvent(
    { kind: 'season.runner-added', subject: name, data: { runner, reason } },
    sql`season as (
      select name from seasons where name = ${name} and state in ('open', 'closing') for share
    ), changed as (
      insert into season_runners (season, runner_id, added_at, reason)
      select season.name, r.id, now(), ${reason} from season, runners r
      where r.id = ${runner}::uuid and r.class = 'official' and r.state <> 'retired'
      on conflict do nothing returning runner_id
    )`,
  );
  const season = await requireSeason(name);
  if (season.runners.some(({ id }) => id === runner)) return season;
  if (season.state === 'opening')
    throw new AppError('conflict', `Season ${name} is not open yet; 'season open' names its runners.`);
  if (season.state === 'closed')
    throw new AppError('conflict', `Season ${name} is closed; nothing of it is left to do.`);
  const known = await findRunner(runner);
  throw known
    ? new AppError('conflict', `${noWork(known)}.`)
    : new AppError('not-found', `runner: ${runner} is no runner of this site.`);
}

/** From now on entries are late. Said again it changes nothing. Throws `conflict` for a season that is not open. */
export async function beginClose(name: string, holder: string): Promise<SeasonSummary> {
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
 * `invalid` for anything else than was committed to, and `conflict` for a season that is not closing, or whose entries
 * are not computed to the end.
 */
export async function closeSeason({ name, holder, disclosure, now }: SeasonEnd): Promise<SeasonSummary> {
  await requireHeld(name, holder);
  const { state, commitment } = await requireSeason(name);
  if (state === 'opening' || state === 'open' || commitment === null)
    throw new AppError('conflict', `Season ${name} is ${state}; it has to be closing first.`);
  const shown = await referencesShown(name);
  if (shown && canonicalJson(shown) !== canonicalJson(disclosure.references))
    throw new AppError('invalid', `Season ${name} can’t be closed with this: other undefended numbers were shown.`);
  const defect = await disclosureDefect(commitment, disclosure);
  if (defect) throw new AppError('invalid', `Season ${name} can’t be closed with this: ${defect}.`);
  const left = state === 'closing' && !now ? await unfinished(name) : 0;
  if (left > 0)
    throw new AppError(
      'conflict',
      `${left} ${left === 1 ? 'entry' : 'entries'} of season ${name} ${left === 1 ? 'is' : 'are'} not computed to the end; the season’s page tells organizers which are running and which are stalled. Close it again later, or with --now, and their rows are provisional.`,
    );
  if (state === 'closing')
    await changeWithEvent(
      { kind: 'season.closed', subject: name, data: { committed: disclosure.committed } },
      sql`changed as (
        update seasons set state = 'closed', closed_at = now(), disclosure = ${JSON.stringify(disclosure)}::jsonb
        where name = ${name} and state = 'closing' returning name
      ), swept as (
        delete from season_slots where season in (select name from changed)
      )`,
    );
  return requireSeason(name);
}

/** The undefended numbers of a season whose authors see numbers before the close; else null. */
export async function referencesShown(name: string): Promise<Reference[] | null> {
  const [row] = await (await db()).select({ shown: seasons.references }).from(seasons).where(eq(seasons.name, name));
  return row?.shown ? z.array(Reference).parse(row.shown) : null;
}

/**
 * How many standing entries that came in time have work that waits or runs, that our side gave up, or about which two
 * runners disagree.
 */
async function unfinished(name: string): Promise<number> {
  const [row] = await execute(
    z.object({ left: z.int() }),
    sql`select count(distinct n.id)::int as left from season_entries n join submissions s on s.id = n.submission_id
      join evaluations e on e.season = n.season and e.submission_id = n.submission_id
      join evaluation_jobs ej on ej.evaluation_id = e.id join jobs j on j.id = ej.job_id
      where n.season = ${name} and n.withdrawn_at is null and s.withdrawn_at is null and not n.late and ${isOpen}`,
  );
  return row!.left;
}

/** Of the seasons that a runner says it has the files of, the labels of those that it was named for. */
export async function seasonLabelsOf(runner: string, offered: readonly string[]): Promise<string[]> {
  if (offered.length === 0) return []; // asked at each lease
  const rows = await (await db())
    .select({ season: seasonRunners.season })
    .from(seasonRunners)
    .where(and(eq(seasonRunners.runnerId, runner), inArray(seasonRunners.season, [...offered])));
  return rows.map(({ season }) => seasonLabel(season));
}

/** Every season, the newest first. */
export async function listSeasons(): Promise<SeasonSummary[]> {
  const rows = await (await db()).select(columns).from(seasons).orderBy(desc(seasons.createdAt));
  return summariesOf(rows);
}

/** Anything else may stand in an address, and names no season. */
const isName = (name: string) => SeasonName.safeParse(name).success;

/** Without what the close made public, which is megabytes; null where there is none. */
export async function findSeason(name: string): Promise<SeasonSummary | null> {
  if (!isName(name)) return null;
  const rows = await (await db()).select(columns).from(seasons).where(eq(seasons.name, name));
  const [found = null] = await summariesOf(rows);
  return found;
}

/** The same. Throws `not-found`. */
export async function requireSeason(name: string): Promise<SeasonSummary> {
  const found = await findSeason(name);
  if (!found) throw noSeason(name);
  return found;
}

/** All of it, or null where there is none. */
export async function findWholeSeason(name: string): Promise<SeasonRecord | null> {
  if (!isName(name)) return null;
  const [row] = await (await db())
    .select({ ...columns, disclosure: seasons.disclosure })
    .from(seasons)
    .where(eq(seasons.name, name));
  if (!row) return null;
  const { disclosure, ...rest } = row;
  const [summary] = await summariesOf([rest]);
  return SeasonRecord.parse({ ...summary, disclosure });
}

/** What the close made public, but for the undefended numbers; null before it. */
export async function findDisclosed(name: string): Promise<Disclosed | null> {
  const [row] = await (await db())
    .select({ parts: sql`${seasons.disclosure} - 'references'` })
    .from(seasons)
    .where(eq(seasons.name, name));
  return row?.parts ? Disclosed.parse(row.parts) : null;
}

/**
 * What the suite of a closed season was committed to be: its id, and the digest of its manifest. Null before the close.
 */
export async function findDrawn(name: string): Promise<DrawnSuite | null> {
  if (!isName(name)) return null;
  const [row] = await (await db())
    .select({ plan: seasons.plan, digest: sql<Sha256>`${seasons.disclosure} -> 'committed' ->> 'manifest'` })
    .from(seasons)
    .where(and(eq(seasons.name, name), eq(seasons.state, 'closed')));
  return row ? { id: seasonSuiteId(row.plan, name), digest: row.digest, season: name } : null;
}
type DrawnSuite = { id: string; digest: Sha256; season: string };

/** All of it. Throws `not-found`. */
export async function requireWholeSeason(name: string): Promise<SeasonRecord> {
  const found = await findWholeSeason(name);
  if (!found) throw noSeason(name);
  return found;
}

const noSeason = (name: string) => new AppError('not-found', `There is no season '${name}'.`);

async function requireHeld(name: string, holder: string): Promise<void> {
  const [row] = await (await db()).select({ hash: seasons.holderHash }).from(seasons).where(eq(seasons.name, name));
  if (!row) throw noSeason(name);
  if (row.hash !== hashOf(holder))
    throw new AppError(
      'conflict',
      `Season ${name} was begun on another machine; only there it can be opened and closed.`,
    );
}

const columns = {
  name: seasons.name,
  plan: seasons.plan,
  state: seasons.state,
  commitment: seasons.commitment,
  shownAtOnce: seasons.shownAtOnce,
  note: seasons.note,
  engines: seasons.engines,
  createdAt: seasons.createdAt,
  openedAt: seasons.openedAt,
  closesAt: seasons.closesAt,
  closedAt: seasons.closedAt,
};
type Row = Pick<typeof seasons.$inferSelect, keyof typeof columns>;

/** In the order of the rows, with one question for the runners of all. */
async function summariesOf(rows: readonly Row[]): Promise<SeasonSummary[]> {
  if (rows.length === 0) return [];
  const names = rows.map(({ name }) => name);
  const holding = await (await db())
    .select({
      season: seasonRunners.season,
      id: runners.id,
      name: runners.name,
      addedAt: seasonRunners.addedAt,
      reason: seasonRunners.reason,
    })
    .from(seasonRunners)
    .innerJoin(runners, eq(runners.id, seasonRunners.runnerId))
    .where(inArray(seasonRunners.season, names))
    .orderBy(sql`${seasonRunners.addedAt} nulls first`, runners.name, runners.id);
  return rows.map(({ createdAt, openedAt, closesAt, closedAt, ...row }) =>
    SeasonSummary.parse({
      ...row,
      runners: holding
        .filter(({ season }) => season === row.name)
        .map(({ season: _, addedAt, ...runner }) => ({ ...runner, addedAt: addedAt?.toISOString() ?? null })),
      begunAt: createdAt.toISOString(),
      openedAt: openedAt?.toISOString() ?? null,
      closesAt: closesAt?.toISOString() ?? null,
      closedAt: closedAt?.toISOString() ?? null,
    }),
  );
}
