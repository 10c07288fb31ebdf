import type { EntryJson, SeasonStandings } from '../contract/season-standings.ts';
import { suiteOfSeason } from '../db/season-evaluations.ts';
import { type SeasonRow, seasonRows } from '../db/season-rows.ts';
import { requireSeason } from '../db/seasons.ts';
import type { Viewer } from '../viewer.ts';
import { boardLicense } from './table-columns.ts';

/** The board of a season as this viewer may see it. Throws `not-found`. */
export async function seasonStandings(name: string, viewer: Viewer): Promise<SeasonStandings> {
  const season = await requireSeason(name);
  const suite = season.state === 'opening' ? null : suiteOfSeason(season);
  return {
    suite: suite && { id: suite.id, digest: suite.digest },
    season: season.name,
    state: season.state,
    date: season.closedAt?.slice(0, 10) ?? null,
    license: boardLicense,
    rows: (await seasonRows(season, viewer)).map(entryJson),
  };
}

/** A row as programs read it. */
export const entryJson = ({
  season: _,
  mine: __,
  gapIsLarge: ___,
  compared: ____,
  withdrawnAt,
  withdrawnReason,
  ...row
}: SeasonRow): EntryJson => ({
  ...row,
  withdrawn: withdrawnAt === null ? null : { at: withdrawnAt, reason: withdrawnReason ?? '' },
  tied: [...row.tied],
});
