import { AsyncLocalStorage } from 'node:async_hooks';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import 'server-only';
import { z } from 'zod';
import * as schema from '../../drizzle/schema.ts';
import type { Environment } from '../contract/environment.ts';
import { env } from '../env.ts';
import { endOnPanic } from './end-on-panic.ts';
import { holdFolder } from './folder-lock.ts';
import { NotOpened } from './outage.ts';
import { quietQueryErrors } from './quiet-errors.ts';

/** The one door to the database: three drivers, one face. A driver is loaded when it is the one that is used. */

export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;
export type Place = { driver: 'pglite'; folder: string | null } | { driver: 'postgres' | 'vercel'; url: string };
export type Connection = { db: Database; close(): Promise<void> };

const migrations = { migrationsFolder: join(process.cwd(), 'drizzle/migrations') };
/** Of the advisory lock under which a server is migrated: the first to come does it, the others wait. */
const migrationLock = 0x616e7469;
/** Of the advisory lock of `oneAtATime`. */
const turnLock = 0x7475726e;

quietQueryErrors();

/** Shared by all bundles of one process: PGlite must be opened once. */
const shared = globalThis as { antidoteDatabase?: Promise<Connection> | undefined; antidoteTurn?: Promise<unknown> };

/**
 * The database, opened and migrated at first use. Throws during `next build`: a page that asks for it must be dynamic.
 */
export async function db(): Promise<Database> {
  const transaction = open.getStore();
  if (transaction) return transaction.db;
  shared.antidoteDatabase ??= connectTo(placeOf(env()));
  return (await shared.antidoteDatabase).db;
}

/** The transaction that the code runs in, and what is left to do before it ends. */
const open = new AsyncLocalStorage<{ db: Database; last: (() => Promise<void>)[] }>();

/**
 * Has the open transaction do this when all else of it is done; false where none is open. What many wait for is locked
 * last: then it is held for a moment, and nobody who holds it waits for another.
 */
export function beforeCommit(work: () => Promise<void>): boolean {
  return (open.getStore()?.last.push(work) ?? 0) > 0;
}

/**
 * Does the work in one transaction, one caller at a time on the whole database: what it reads and writes through `db`
 * and `execute` stays true until it ends, and where it throws nothing of it is kept. For the few things that can't be
 * one statement. Callers of one process wait for each other before they take a connection: at the lock each would hold
 * one, and everybody else would wait for a connection.
 */
export function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  if (open.getStore()) return alone(work); // part of one that has its turn
  const result = (shared.antidoteTurn ?? Promise.resolve()).then(() => alone(work));
  shared.antidoteTurn = result.catch(() => undefined);
  return result;
}

async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  return (await db()).transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${turnLock})`);
    const last: (() => Promise<void>)[] = [];
    const result = await open.run({ db: transaction, last }, work);
    await open.run({ db: transaction, last: [] }, async () => {
      for (const step of last) await step();
    });
    return result;
  });
}

/** Does the work in one transaction that sees the database as it is when it begins, whoever writes meanwhile. */
export async function atOneMoment<Result>(work: () => Promise<Result>): Promise<Result> {
  return (await db()).transaction((transaction) => open.run({ db: transaction, last: [] }, work), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

/** In a transaction behind a savepoint: a statement that fails, and is tried again, does not end it. */
async function answerTo(statement: SQL): Promise<unknown> {
  const transaction = open.getStore();
  if (!transaction) return (await db()).execute(statement);
  return transaction.db.transaction((savepoint) => savepoint.execute(statement));
}

/**
 * Runs one statement and returns its rows, each parsed by the schema. Cast counts to int and give times through `iso`:
 * drivers differ in what they make of the rest.
 */
export async function execute<Row>(row: z.ZodType<Row>, statement: SQL): Promise<Row[]> {
  const answer = z.object({ rows: z.array(row) }).safeParse(await answerTo(statement));
  if (answer.success) return answer.data.rows;
  const [issue] = answer.error.issues;
  throw new Error(`The database’s answer is not what the query says, at ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Runs one statement whose rows nobody reads, and returns how many there were. */
export const countRows = async (statement: SQL): Promise<number> => (await execute(z.unknown(), statement)).length;

/**
 * Makes `db()` stand for this place from now on. A place that can't be opened is tried again by the next one who asks.
 */
export function connectTo(place: Place): Promise<Connection> {
  const connection = connect(place).catch((error: Error) => {
    throw new NotOpened(error);
  });
  shared.antidoteDatabase = connection;
  connection.catch(() => {
    if (shared.antidoteDatabase === connection) shared.antidoteDatabase = undefined;
  });
  return connection;
}

/** Where the database is, by the variables alone. */
export function placeOf(variables: Environment): Place {
  if (variables.NEXT_PHASE === 'phase-production-build')
    throw new Error('The database is never opened while the site is built: this page must be dynamic.');
  const { DATABASE_URL, POSTGRES_URL, VERCEL } = variables;
  if (VERCEL && (POSTGRES_URL ?? DATABASE_URL)) return { driver: 'vercel', url: (POSTGRES_URL ?? DATABASE_URL)! };
  if (VERCEL)
    throw new RangeError(
      'POSTGRES_URL: want the database’s pooled address; nothing that is written to disk on Vercel is kept',
    );
  return DATABASE_URL
    ? { driver: 'postgres', url: DATABASE_URL }
    : { driver: 'pglite', folder: variables.ANTIDOTE_DATA };
}

async function connect(place: Place): Promise<Connection> {
  switch (place.driver) {
    case 'pglite':
      return openPglite(place.folder);
    case 'postgres':
      return openPostgres(place.url);
    case 'vercel':
      return openVercel(place.url);
  }
}

/**
 * In `<folder>/db`, held by a lock file; in memory where the folder is null. Nothing that was answered is lost when the
 * process is killed.
 */
async function openPglite(folder: string | null): Promise<Connection> {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  const lock = folder === null ? null : await holdFolder(folder);
  try {
    const client = await PGlite.create(folder === null ? {} : { dataDir: ownFolder(join(folder, 'db')) });
    endOnPanic(client, endProcess);
    const database = drizzle(client, { schema });
    await migrate(database, migrations);
    return { db: database, close: () => client.close().finally(() => lock?.release()) };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function endProcess(reason: string): void {
  console.error(JSON.stringify({ database: reason }));
  process.exit(1);
}

/** Made, or made again, for this user alone: it holds people's e-mail addresses. */
function ownFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o700);
  return path;
}

async function openPostgres(url: string): Promise<Connection> {
  const [{ Pool }, { drizzle }, { migrate }] = await Promise.all([
    import('pg').then((pg) => pg.default),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ]);
  const pool = new Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    onConnect: (client) => client.query('set jit = off').then(() => undefined), // compiling took longer than the queries
  });
  pool.on('error', (error) => console.error(JSON.stringify({ database: error.message }))); // of an idle connection: the pool opens another
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client, { schema }), migrations);
  } finally {
    client.release(true); // ends the connection, and the lock with it
  }
  return { db: drizzle(pool, { schema }), close: () => pool.end() };
}

async function openVercel(url: string): Promise<Connection> {
  const [{ createPool }, { drizzle }, { migrate }] = await Promise.all([
    import('@vercel/postgres'),
    import('drizzle-orm/vercel-postgres'),
    import('drizzle-orm/vercel-postgres/migrator'),
  ]);
  const pool = createPool({ connectionString: url });
  pool.on('error', (error: Error) => console.error(JSON.stringify({ database: error.message })));
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client, { schema }), migrations);
  } finally {
    client.release(true); // ends the connection, and the lock with it
  }
  return { db: drizzle(pool, { schema }), close: () => pool.end() };
}
