import type { TableColumn } from './table-columns.ts';

type Cell = ReturnType<TableColumn<never>['of']>;

/**
 * Rows as CSV (RFC 4180), under the names of the columns. A missing value is an empty cell. Texts that a spreadsheet
 * would run as a formula, or pandas would read as a missing number, are led by an apostrophe.
 */
export function csvOf<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const lines: Cell[][] = [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** What pandas takes for a missing number, quoted or not. An author may be called so. */
const readAsMissing = /^(-?1\.#(IND|QNAN)|#N\/A( N\/A)?|#NA|N\/A|n\/a|NA|<NA>|NULL|null|-?NaN|-?nan|None)$/;

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) || readAsMissing.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
