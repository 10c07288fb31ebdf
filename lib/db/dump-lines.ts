import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { execute } from './client.ts';

/**
 * A dump is lines of JSON: the head; for each table a line that names it and counts its rows, and then the rows as
 * PostgreSQL writes them; the end, with the sha256 of all bytes before it.
 */
export const format = 'antidote-dump-1';
export const Head = z.object({ format: z.literal(format), migration: z.int() });
export const TableLine = z.object({ table: z.string(), rows: z.int().nonnegative() });
export const End = z.object({ rows: z.int(), sha256: z.string() });

/** How many migrations the database has seen. A merged migration is never edited, so the number says which. */
export async function migrationCount(): Promise<number> {
  const [found] = await execute(
    z.object({ count: z.int() }),
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return found!.count;
}
