import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import 'server-only';

/** A time as ISO 8601 in UTC with milliseconds, the same from every driver. Null stays null: the type leaves it out. */
export const iso = (time: SQLWrapper | string) =>
  sql<string>`to_char((${raw(time)}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Seconds from a time until now; null stays null. */
export const ageSeconds = (time: SQL | string) => sql`extract(epoch from now() - (${raw(time)}))::float8`;

/** A list as one parameter. */
export const textArray = (values: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

const raw = (expression: SQLWrapper | string) => (typeof expression === 'string' ? sql.raw(expression) : expression);

/** PostgreSQL's code of what went wrong, from whichever driver, or null. */
export function postgresCode(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(at.code)) return at.code;
  return null;
}
