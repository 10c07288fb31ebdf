import type { Estimate } from '../contract/report.ts';

/** A board's numbers are under the project's own license. */
export const boardLicense = 'MIT';

type Cell = string | number | null | undefined;
/** A column of a table of rows. `number`: with a fraction; `count`: without. */
export type TableColumn<Row> = {
  readonly name: string;
  readonly type: 'text' | 'number' | 'count';
  readonly of: (row: Row) => Cell;
};

/** What makes the columns of tables of such rows. */
export function columnsOf<Row>() {
  type Column = TableColumn<Row>;
  const text = (name: string, of: Column['of']): Column => ({ name, type: 'text', of });
  const count = (name: string, of: Column['of']): Column => ({ name, type: 'count', of });
  const number = (name: string, of: Column['of']): Column => ({ name, type: 'number', of });
  /** A number with its interval and n. */
  const estimate = (name: string, of: (row: Row) => Estimate | null | undefined): Column[] => [
    number(name, (row) => of(row)?.value),
    number(`${name}_low`, (row) => of(row)?.low),
    number(`${name}_high`, (row) => of(row)?.high),
    count(`${name}_n`, (row) => of(row)?.n),
  ];
  return { text, count, estimate };
}
