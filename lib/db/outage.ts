import 'server-only';
import { postgresCode } from './values.ts';

/**
 * Connection lost, shutting down, no room, too many connections, a turn that took too long, a standby that only reads,
 * a file that may not be written (so PostgreSQL calls a disk that is read-only), and what it finds no word for.
 */
const codes = /^(08|53|57P|58|40001|40P01|25006|42501|XX)/;
/** Of the drivers, and of Drizzle where a driver gave up without a word of PostgreSQL's. */
const lost =
  /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|timeout exceeded when trying to connect|^A query failed:/;

/** The database could not be opened, for the reason that is told. */
export class NotOpened extends Error {
  override name = 'NotOpened';
  constructor(cause: Error) {
    super(cause.message, { cause });
    noteOutage(this);
  }
}

/** The server (app/server/own-pages.ts) and Next's pages run in one process, in bundles of their own. */
const shared = globalThis as { antidoteOutageAt?: number };

/** Remembers when the database last did not answer, where that is what the error says. */
export function noteOutage(error: unknown): void {
  if (isOutage(error)) shared.antidoteOutageAt = Date.now();
}

/** Whether the database, and not the query, is what failed: the same call may work in a moment. */
export function isOutage(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at.name === 'NotOpened') return true;
  const code = postgresCode(error);
  if (code) return codes.test(code);
  for (let at = error; at instanceof Error; at = at.cause) if (lost.test(at.message)) return true;
  return false;
}
