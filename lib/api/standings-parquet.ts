import { parquetWriteBuffer } from 'hyparquet-writer';
import { dateOf, type Export, standingsColumns } from './standings-table.ts';
import { boardLicense } from './table-columns.ts';

const types = { text: 'STRING', number: 'DOUBLE', count: 'INT32' } as const;

/**
 * The board as Apache Parquet. Texts are as they are, and what is missing is null. The file's own metadata says what it
 * is of as well, so that a program need not look into a row.
 */
export function standingsParquet(board: Export): ArrayBuffer {
  const { suite, season, rows } = board;
  const about = { suite: suite.id, suite_digest: suite.digest, season, date: dateOf(rows), license: boardLicense };
  return parquetWriteBuffer({
    columnData: standingsColumns(board).map(({ name, type, of }) => ({
      name,
      type: types[type],
      nullable: true,
      data: rows.map((row) => of(row) ?? null),
    })),
    kvMetadata: Object.entries(about).flatMap(([key, value]) => (value === null ? [] : [{ key, value }])),
    createdBy: 'antidote',
  });
}
