import 'server-only';
import { postgresCode } from './values.ts';

/** Connection lost, shutting down, no room, too many connections, a turn that took too long. */
const codes = /^(08|53|57P|58|40001|40P01)/;
const lost = /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|timeout exceeded when trying to connect/;

/** Whether the database, and not the query, is what failed: the same call may work in a moment. */
export function isOutage(error: unknown): boolean {
  const code = postgresCode(error);
  if (code) return codes.test(code);
  for (let at = error; at instanceof Error; at = at.cause) if (lost.test(at.message)) return true;
  return false;
}
