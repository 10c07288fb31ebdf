import type { SQL } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '../../lib/db/client.ts';

const Answer = <Row>() => z.object({ rows: z.array(z.custom<Row>()) });

/** Runs one statement past the data layer. A test names the rows' type; nothing checks it. */
export async function execute<Row = unknown>(statement: SQL): Promise<Row[]> {
  return Answer<Row>().parse(await (await db()).execute(statement)).rows;
}
