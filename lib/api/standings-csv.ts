import type { Estimate } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import type { Standing } from '../db/standings.ts';

const estimateColumns = ['worst', 'mean', 'utility', 'gain', 'cost'] as const;

/**
 * The board as CSV (RFC 4180), a column for every number with its interval and n, suite and digest in every row so that
 * a file speaks for itself. A missing number is an empty cell. Texts that a spreadsheet would run as a formula, or
 * pandas would read as a missing number, are led by an apostrophe.
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
  ]);
  return `${[head.map((name) => name.replaceAll(' ', '_')), ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** What pandas takes for a missing number, quoted or not. An author may be called so. */
const readAsMissing = /^(-?1\.#(IND|QNAN)|#N\/A( N\/A)?|#NA|N\/A|n\/a|NA|<NA>|NULL|null|-?NaN|-?nan|None)$/;

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) || readAsMissing.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
