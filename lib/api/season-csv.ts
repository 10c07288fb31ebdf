import type { Estimate } from '../contract/report.ts';
import type { SeasonStandings } from '../contract/season-standings.ts';
import { csvOf } from './csv.ts';

/** The board of a season as CSV (RFC 4180): a column for every number with its interval and n, the suite in every row. */
export function seasonCsv({ suite, season, rows }: SeasonStandings): string {
  const families = [...new Set(rows.flatMap(({ scores }) => Object.keys(scores?.families ?? {})))];
  type Row = SeasonStandings['rows'][number];
  const numbers: [string, (row: Row) => Estimate | null | undefined][] = [
    ['mean', (row) => row.scores?.mean],
    ['worst', (row) => row.scores?.worst],
    ['utility', (row) => row.scores?.utility],
    ['gain', (row) => row.scores?.gain],
    ['cost', (row) => row.scores?.cost],
    ...families.map((family): [string, (row: Row) => Estimate | null | undefined] => [
      `family_${family}`,
      (row) => row.scores?.families[family],
    ]),
    ['public_mean', (row) => row.publicMean],
    ['gap', (row) => row.gap],
  ];
  const head = [
    ...['entry', 'submission', 'name', 'author', 'kind', 'baseline', 'rank_low', 'rank_high', 'tied', 'worst_family'],
    ...numbers.flatMap(([name]) => [name, `${name}_low`, `${name}_high`, `${name}_n`]),
    ...['flags', 'late', 'withdrawn', 'review', 'open_disputes', 'season', 'suite', 'suite_digest', 'license'],
  ];
  const lines = rows.map((row) => [
    ...[row.id, row.submission, row.name, row.author, row.kind, row.baseline, row.rank?.[0], row.rank?.[1]],
    ...[row.tied.join(' '), row.scores?.worst?.family],
    ...numbers.flatMap(([, of]) => {
      const estimate = of(row);
      return [estimate?.value, estimate?.low, estimate?.high, estimate?.n];
    }),
    ...[row.flags.join(' '), row.late ? 'late' : null, row.withdrawn?.reason, row.review, row.openDisputes],
    ...[season, suite?.id, suite?.digest, 'MIT'],
  ]);
  return csvOf([head, ...lines]);
}
