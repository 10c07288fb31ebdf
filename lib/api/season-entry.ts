import 'server-only';
import type { SeasonEntryJson } from '../contract/season-entry.ts';
import { suiteOfSeason } from '../db/season-evaluations.ts';
import { seasonRows } from '../db/season-rows.ts';
import { recordOfEntry } from '../db/season-trials.ts';
import { requireSeason } from '../db/seasons.ts';
import { AppError } from '../errors.ts';
import { entryJson } from './season-standings.ts';
import { boardLicense } from './table-columns.ts';

/**
 * An entry of a closed season with every number, the same for everybody. Throws `not-found`, before the close for each
 * entry, also one that there is not.
 */
export async function seasonEntryJson(name: string, id: string): Promise<SeasonEntryJson> {
  const season = await requireSeason(name);
  if (season.state !== 'closed')
    throw new AppError('not-found', `Season ${name} is ${season.state}; what its entries gave is public at its close.`);
  const row = (await seasonRows(season, null)).find((entry) => entry.id === id);
  if (!row) throw new AppError('not-found', `Season ${name} has no such entry.`);
  const { digest, id: suite } = suiteOfSeason(season);
  const { harnessDigest, engine, trials, probes, results } = await recordOfEntry(season, row);
  return {
    ...entryJson(row),
    season: season.name,
    suite: { id: suite, digest },
    license: boardLicense,
    harness: harnessDigest === null ? null : { digest: harnessDigest },
    engine,
    trials: [...trials],
    probes: probes.map(({ values, ...probe }) => ({ ...probe, values: [...values] })),
    results: [...results],
  };
}
