import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import 'server-only';
import { evaluations, seasonEntries, seasons, scores as stored } from '../../drizzle/schema.ts';
import { seasonSuiteId } from '../catalog/seasons.ts';
import type { SeasonSummary } from '../contract/season.ts';
import type { SeasonPlace } from '../contract/season-place.ts';
import { scoringVersion } from '../scoring/score.ts';
import { db } from './client.ts';
import { differing, type ScoreDifference } from './score-differences.ts';
import { entriesOf, type SeasonEntry } from './season-entries.ts';
import { computePlaces, isCompared } from './season-ranks.ts';
import { listSeasons } from './seasons.ts';

/**
 * Of each scored entry of a closed season, by its id. They are stored beside a digest of all that they follow from, and
 * computed again where that has changed.
 */
export async function placesInSeason(
  season: SeasonSummary,
  entries: readonly SeasonEntry[],
): Promise<ReadonlyMap<string, SeasonPlace>> {
  const inputs = await inputsOf(season, entries);
  const known = await storedPlaces(season.name);
  return known?.inputs === inputs ? new Map(known.places) : keep(season, entries, inputs);
}

async function keep(season: SeasonSummary, entries: readonly SeasonEntry[], placesInputs: string) {
  const places = await computePlaces(season, entries);
  await (await db())
    .update(seasons)
    .set({ places: [...places], placesInputs })
    .where(eq(seasons.name, season.name));
  return places;
}

async function storedPlaces(season: string) {
  const [row] = await (await db())
    .select({ places: seasons.places, inputs: seasons.placesInputs })
    .from(seasons)
    .where(eq(seasons.name, season));
  return row?.places && row.inputs !== null ? { places: row.places, inputs: row.inputs } : null;
}

/** All that places follow from, besides the code: the scores of their submissions, and who is compared. */
async function inputsOf(season: SeasonSummary, entries: readonly SeasonEntry[]): Promise<string> {
  const [row] = await (await db())
    .select({ scores: sql<string | null>`string_agg(${stored.inputs}, ',' order by ${evaluations.id})` })
    .from(seasonEntries)
    .innerJoin(evaluations, eq(evaluations.submissionId, seasonEntries.submissionId))
    .innerJoin(stored, eq(stored.evaluationId, evaluations.id))
    .where(eq(seasonEntries.season, season.name));
  const compared = entries.map((entry) => [entry.id, isCompared(entry, season), entry.withdrawnAt]);
  return createHash('sha256')
    .update(JSON.stringify([scoringVersion, row!.scores, compared]))
    .digest('hex');
}

/**
 * Computes the places of every closed season anew, and stores them unless it is only to be checked. Names every value
 * that was stored otherwise; what nobody has looked at, or has changed since, is computed at the next look anyway.
 */
export async function rescorePlaces(check: boolean): Promise<ScoreDifference[]> {
  const found: ScoreDifference[] = [];
  for (const season of (await listSeasons()).filter(({ state }) => state === 'closed')) {
    const entries = await entriesOf(season.name);
    const inputs = await inputsOf(season, entries);
    const known = await storedPlaces(season.name);
    const compute = () => (check ? computePlaces(season, entries) : keep(season, entries, inputs));
    if (known?.inputs !== inputs) {
      if (!check) await compute();
      continue;
    }
    const computed = await compute();
    const before = new Map(known.places);
    const suite = seasonSuiteId(season.plan, season.name);
    for (const { id, submission } of entries)
      for (const one of differing('place', before.get(id), computed.get(id))) found.push({ submission, suite, ...one });
  }
  return found;
}
