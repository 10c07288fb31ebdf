import { csvOf } from './csv.ts';
import { type Export, standingsColumns } from './standings-table.ts';

/** The board as CSV (RFC 4180). */
export const standingsCsv = (board: Export): string => csvOf(standingsColumns(board), board.rows);
