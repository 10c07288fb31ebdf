import { inArray } from 'drizzle-orm';
import 'server-only';
import { modules as rows } from '../../drizzle/schema.ts';
import { checkModule, plainLimits } from '../contract/check.ts';
import { db } from './client.ts';

/** By sha256, and so for ever. A module too small for it, or too large without it, is told by its size. */
const known = new Map<string, boolean>();

/** The sha256 of those that embed data. Only a text of middling size, met for the first time, is read. */
export async function modulesWithData(
  modules: readonly { sha256: string; bytes: number }[],
): Promise<ReadonlySet<string>> {
  const unread = modules
    .filter(({ sha256, bytes }) => bytes > plainLimits.literals && bytes <= plainLimits.source && !known.has(sha256))
    .map(({ sha256 }) => sha256);
  if (unread.length > 0) {
    const texts = await (await db())
      .select({ sha256: rows.sha256, code: rows.code })
      .from(rows)
      .where(inArray(rows.sha256, unread));
    for (const { sha256, code } of texts) {
      const check = checkModule(code);
      known.set(sha256, check.ok && check.embedsData);
    }
  }
  return new Set(
    modules.filter(({ sha256, bytes }) => bytes > plainLimits.source || known.get(sha256)).map(({ sha256 }) => sha256),
  );
}
