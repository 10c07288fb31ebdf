import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { DumpEnd, DumpHead, DumpTable } from '../contract/dump.ts';
import { AppError } from '../errors.ts';
import { countRows, oneAtATime } from './client.ts';
import { migrationCount } from './migration-count.ts';
import { tables } from './tables.ts';
import { postgresCode } from './values.ts';

/** So many characters of rows are stored at once, and one row more. */
const textAtOnce = 1_000_000;

/**
 * Stores every row of a dump in this database, in one transaction, and returns their number. Refuses a database that
 * has rows, a dump of another migration, and a file that is not whole; nothing is stored then.
 */
export async function restoreFrom(file: string): Promise<number> {
  if (!existsSync(file)) throw new AppError('not-found', `There is no file ${file}.`);
  return oneAtATime(async () => {
    await countRows(sql`lock table ${sql.join(tables.map(nameOf), sql`, `)} in exclusive mode`);
    await requireEmpty();
    return restore(new Lines(file));
  });
}

const nameOf = ({ name }: { name: string }) => sql`${sql.identifier(name)}`;

async function requireEmpty(): Promise<void> {
  for (const table of tables) {
    if ((await countRows(sql`select 1 from ${nameOf(table)} limit 1`)) > 0)
      throw new AppError(
        'conflict',
        `The database is not empty (${table.name} has rows); a dump is restored into a new one: with no site running, set ANTIDOTE_DATA to a new folder, or DATABASE_URL to a new database.`,
      );
  }
}

async function restore(lines: Lines): Promise<number> {
  const { migration } = await lines.next(DumpHead, 'it does not begin as a dump does');
  const own = await migrationCount();
  if (migration !== own)
    throw new AppError(
      'conflict',
      `The dump is of a database after ${migration} migrations, and this one has seen ${own}; restore it with the version of Antidote that wrote it.`,
    );
  let rows = 0;
  for (const { name } of tables) {
    const told = await lines.next(DumpTable, `table ${name} does not begin where it should`);
    if (told.table !== name) throw lines.damaged(`table ${told.table} stands where ${name} should`);
    await restoreTable(name, told.rows, lines);
    rows += told.rows;
  }
  const sha256 = lines.sha256();
  const end = await lines.next(DumpEnd, 'it has no end');
  if (end.sha256 !== sha256) throw lines.damaged('its sha256 is another than the one that it names');
  await lines.requireEnd();
  await countRows(
    sql`select setval(pg_get_serial_sequence('events', 'seq'), max(seq)) from events having count(*) > 0`,
  );
  return rows;
}

async function restoreTable(table: string, rows: number, lines: Lines): Promise<void> {
  const name = sql.identifier(table);
  for (let left = rows; left > 0; ) {
    const page: string[] = [];
    for (let length = 0; left > 0 && length < textAtOnce; left--) {
      const line = await lines.nextText();
      page.push(line);
      length += line.length;
    }
    try {
      await countRows(
        sql`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${`[${page}]`}::jsonb)`,
      );
    } catch (error) {
      if (!/^2[23]/.test(postgresCode(error) ?? '')) throw error; // bad data, or data that breaks a constraint
      throw lines.damaged(`a row of table ${table} is not one`);
    }
  }
}

/** The lines of a gzip file. What is wrong with it is an AppError. */
class Lines {
  private readonly hash = createHash('sha256');
  private readonly lines: AsyncGenerator<string>;

  constructor(private readonly file: string) {
    this.lines = linesIn(file);
  }

  /** Of all lines so far. */
  sha256 = () => this.hash.copy().digest('hex');

  damaged = (what: string) =>
    new AppError('invalid', `${this.file} is no dump, or a damaged one: ${what}. Nothing was stored.`);

  async nextText(): Promise<string> {
    const line = await this.read();
    if (line === null) throw this.damaged('it ends too early');
    this.hash.update(`${line}\n`);
    return line;
  }

  async requireEnd(): Promise<void> {
    if ((await this.read()) !== null) throw this.damaged('something follows its end');
  }

  /** Null after the last line. */
  private async read(): Promise<string | null> {
    const { value, done } = await this.lines.next().catch((error: NodeJS.ErrnoException) => {
      throw this.damaged(`it can’t be read to its end (${error.code})`);
    });
    return done ? null : value;
  }

  async next<Value>(schema: z.ZodType<Value>, otherwise: string): Promise<Value> {
    const text = await this.nextText();
    const parsed = z.string().transform(jsonOrNull).pipe(schema).safeParse(text);
    if (!parsed.success) throw this.damaged(otherwise);
    return parsed.data;
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A season's row has 64 MiB; a gzip file of nothing but zeros would else be unpacked into memory without end. */
const longestLine = 256 * 2 ** 20;

/** Not by `readline`: it takes U+2028 for an end of line, and text may hold it. What has no end of line is no line. */
async function* linesIn(file: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of pipeline(createReadStream(file), createGunzip(), () => {}) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]).toString();
      rest = [];
      length = 0;
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > longestLine) throw Object.assign(new Error('a line without end'), { code: 'EMSGSIZE' });
  }
}
