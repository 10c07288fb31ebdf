import { is, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import 'server-only';
import * as schema from '../../drizzle/schema.ts';

type Table = ReturnType<typeof getTableConfig>;

/** Every table of a dump, each after those that it refers to: all but the sessions, which end with their site. */
export const tables: readonly Table[] = inOrder(
  Object.values(schema).flatMap((value) =>
    is(value, PgTable) && value !== schema.sessions ? [getTableConfig(value)] : [],
  ),
);

function inOrder(left: readonly Table[], done: readonly Table[] = []): readonly Table[] {
  if (left.length === 0) return done;
  const next = left.find(({ name, foreignKeys }) =>
    foreignKeys.every((key) => {
      const { name: referred } = getTableConfig(key.reference().foreignTable);
      return referred === name || done.some((table) => table.name === referred);
    }),
  );
  if (!next) throw new RangeError(`Tables that refer to each other in a circle: ${left.map(({ name }) => name)}`);
  return inOrder(
    left.filter((table) => table !== next),
    [...done, next],
  );
}

/**
 * The order of a table's rows: by when they were made, so that a row comes after an older one of the same table that it
 * refers to; then by key. The same on every server.
 */
export function orderOf({ columns, primaryKeys }: Table): SQL {
  const key = new Set(primaryKeys.flatMap((primary) => primary.columns.map(({ name }) => name)));
  const terms = [
    ...columns.filter(({ name }) => name === 'created_at'),
    ...columns.filter(({ name, primary }) => primary || key.has(name)),
  ].map((column) => {
    const name = sql.identifier(column.name);
    return column.getSQLType() === 'text' ? sql`${name} collate "C"` : sql`${name}`;
  });
  return sql.join(terms, sql`, `);
}
