import { sql } from 'drizzle-orm';
import { connectTo } from '../../lib/db/client.ts';
import { execute } from './sql.ts';

/**
 * Writes rows one after the other into the database in argv[2], and says each number once the write was answered, until
 * it is killed.
 */
const [, , folder] = process.argv;
const connection = await connectTo({ driver: 'pglite', folder: folder! });
await execute(sql`create table if not exists written (n int primary key, filler text)`);
const [last] = await execute<{ n: number }>(sql`select coalesce(max(n), 0)::int as n from written`);
process.stdout.write('ready\n');
for (let n = last!.n + 1; ; n++) {
  await execute(sql`insert into written values (${n}, repeat('x', 3000))`);
  process.stdout.write(`${n}\n`);
}

export { connection };
