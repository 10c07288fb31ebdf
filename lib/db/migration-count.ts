import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { execute } from './client.ts';

/** How many migrations the database has seen. A merged migration is never edited, so the number says which. */
export async function migrationCount(): Promise<number> {
  const [found] = await execute(
    z.object({ count: z.int() }),
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return found!.count;
}
