import { createHash, randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { causes } from '../catalog/file-causes.ts';
import { type DumpEnd, type DumpHead, type DumpTable, dumpFormat } from '../contract/dump.ts';
import { AppError } from '../errors.ts';
import { atOneMoment, countRows, execute } from './client.ts';
import { migrationCount } from './migration-count.ts';
import { orderOf, tables } from './tables.ts';

const rowsAtOnce = 50;

/**
 * Writes the whole database as it is at one moment into a new file, readable by its owner alone, and returns the number
 * of rows. The name stands for a whole file or for none. Throws `bad-request` where the signal ends it. Nothing is left
 * then, nor where the process is told to end.
 */
export async function dumpTo(file: string, signal?: AbortSignal): Promise<number> {
  if (existsSync(file)) throw new AppError('conflict', `${file} is there already; name a new file.`);
  const part = `${file}.${randomUUID()}.part`;
  const handle = await open(part, 'wx', 0o600).catch((error) => {
    throw unwritten(file, error);
  });
  const removePart = () => rmSync(part, { force: true });
  process.once('exit', removePart);
  try {
    const rows = await atOneMoment(() => dump(handle, signal));
    await handle.sync();
    requireCaller(signal);
    await rename(part, file);
    return rows;
  } catch (error) {
    removePart();
    throw unwritten(file, error);
  } finally {
    process.off('exit', removePart);
    await handle.close();
  }
}

function requireCaller(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('bad-request', 'Whoever asked for the dump has left; none was written.');
}

/** The disk's refusals are the caller's to mend; anything else is ours. */
function unwritten(file: string, error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  return Object.hasOwn(causes, code)
    ? new AppError('bad-request', `${file} can’t be written: ${causes[code]} (${code}); name another.`)
    : error;
}

async function dump(handle: FileHandle, signal?: AbortSignal): Promise<number> {
  const hash = createHash('sha256');
  const write = async (lines: readonly string[]) => {
    requireCaller(signal);
    const text = lines.map((line) => `${line}\n`).join('');
    hash.update(text);
    await handle.appendFile(await promisify(gzip)(text)); // gzip files in a row are one gzip file
  };
  let rows = 0;
  await countRows(sql`set local time zone 'UTC'`);
  await write([
    JSON.stringify({ format: dumpFormat, migration: await migrationCount() } satisfies z.infer<typeof DumpHead>),
  ]);
  for (const table of tables) {
    const name = sql.identifier(table.name);
    const [counted] = await execute(z.object({ rows: z.int() }), sql`select count(*)::int as rows from ${name}`);
    await write([JSON.stringify({ table: table.name, ...counted! } satisfies z.infer<typeof DumpTable>)]);
    await countRows(sql`
      declare dumped no scroll cursor for select to_jsonb(t)::text as line from ${name} t order by ${orderOf(table)}`);
    for (let page = await nextRows(); page.length > 0; page = await nextRows()) await write(page);
    await countRows(sql`close dumped`);
    rows += counted!.rows;
  }
  await write([JSON.stringify({ rows, sha256: hash.copy().digest('hex') } satisfies z.infer<typeof DumpEnd>)]);
  return rows;
}

const Line = z.object({ line: z.string() });
const nextRows = async () =>
  (await execute(Line, sql`fetch ${sql.raw(String(rowsAtOnce))} from dumped`)).map(({ line }) => line);
