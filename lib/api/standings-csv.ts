import { csvOf } from './csv.ts';
import { type Export, standingsColumns } from './standings-table.ts';

/** The board as CSV (RFC 4180). */
export function standingsCsv(board: Export): string {
  const columns = standingsColumns(board);
  return csvOf([columns.map(({ name }) => name), ...board.rows.map((row) => columns.map(({ of }) => of(row)))]);
}
