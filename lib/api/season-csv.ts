import type { EntryJson, SeasonStandings } from '../contract/season-standings.ts';
import { csvOf } from './csv.ts';
import { columnsOf } from './table-columns.ts';

const { text, count, estimate } = columnsOf<EntryJson>();

/**
 * The board of a season as CSV (RFC 4180): a column for every number with its interval and n, the suite in every row.
 */
export function seasonCsv({ suite, season, date, license, rows }: SeasonStandings): string {
  const families = [...new Set(rows.flatMap(({ scores }) => Object.keys(scores?.families ?? {})))];
  const columns = [
    text('entry', (row) => row.id),
    text('submission', (row) => row.submission),
    text('name', (row) => row.name),
    text('author', (row) => row.author),
    text('kind', (row) => row.kind),
    text('baseline', (row) => row.baseline),
    count('rank_low', (row) => row.rank?.[0]),
    count('rank_high', (row) => row.rank?.[1]),
    text('tied', (row) => row.tied.join(' ')),
    text('worst_family', (row) => row.scores?.worst?.family),
    estimate('mean', (row) => row.scores?.mean),
    estimate('worst', (row) => row.scores?.worst),
    estimate('utility', (row) => row.scores?.utility),
    estimate('gain', (row) => row.scores?.gain),
    estimate('cost', (row) => row.scores?.cost),
    families.map((family) => estimate(`family_${family}`, (row) => row.scores?.families[family])),
    estimate('public_mean', (row) => row.publicMean),
    estimate('gap', (row) => row.gap),
    text('flags', (row) => row.flags.join(' ')),
    text('late', (row) => (row.late ? 'late' : null)),
    text('withdrawn', (row) => row.withdrawn?.reason),
    text('review', (row) => row.review),
    count('open_disputes', (row) => row.openDisputes),
    text('season', () => season),
    text('suite', () => suite?.id),
    text('suite_digest', () => suite?.digest),
    text('license', () => license),
    text('date', () => date),
  ];
  return csvOf(columns.flat(2), rows);
}
