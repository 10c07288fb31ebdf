import type { Estimate } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import type { Standing } from '../db/standings.ts';
import { csvOf } from './csv.ts';

const estimateColumns = ['worst', 'mean', 'utility', 'gain', 'cost'] as const;

/**
 * The board as CSV (RFC 4180), a column for every number with its interval and n, suite and digest in every row so that
 * a file speaks for itself.
 */
export function standingsCsv(suite: Suite, rows: readonly Standing[]): string {
  const families = [...new Set(suite.scenarios.map(({ family }) => family))];
  const numbers: [string, (row: Standing) => Estimate | null | undefined][] = [
    ...estimateColumns.map((name): [string, (row: Standing) => Estimate | null] => [name, (row) => row[name]]),
    ...families.map((family): [string, (row: Standing) => Estimate | null | undefined] => [
      `family ${family}`,
      (row) => row.families[family],
    ]),
    ...suite.scenarios.map(({ id }): [string, (row: Standing) => Estimate | null | undefined] => [
      `scenario ${id}`,
      (row) => row.scenarios[id],
    ]),
  ];
  const texts = ['submission', 'name', 'author', 'kind', 'baseline', 'state', 'rank_low', 'rank_high', 'worst_family'];
  const head = [
    ...texts,
    ...numbers.flatMap(([name]) => [name, `${name} low`, `${name} high`, `${name} n`]),
    'flags',
    'track',
    'engine',
    'snapshot_at',
    'suite',
    'suite_digest',
    'license',
    'runtime',
  ];
  const lines = rows.map((row) => [
    row.submission,
    row.name,
    row.author,
    row.kind,
    row.baseline,
    row.state,
    row.rank?.[0],
    row.rank?.[1],
    row.worst?.family,
    ...numbers.flatMap(([, of]) => {
      const estimate = of(row);
      return [estimate?.value, estimate?.low, estimate?.high, estimate?.n];
    }),
    row.flags.join(' '),
    row.track,
    row.engine,
    row.snapshotAt,
    suite.id,
    suite.digest,
    'MIT',
    row.runtime,
  ]);
  return csvOf([head.map((name) => name.replaceAll(' ', '_')), ...lines]);
}
