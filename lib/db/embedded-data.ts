import { inArray } from 'drizzle-orm';
import 'server-only';
import { modules as rows } from '../../drizzle/schema.ts';
import { plainLimits } from '../contract/check.ts';
import { languageOf } from '../contract/runtime.ts';
import { AppError } from '../errors.ts';
import { checkBeside } from '../module-check/check-beside.ts';
import { db } from './client.ts';

/** By sha256, and so for ever. A module too small for it, or too large without it, is told by its size. */
const known = new Map<string, boolean>();

/**
 * The sha256 of those that embed data. Only a text of middling size, met for the first time, is read, and beside the
 * thread that answers requests. Throws `unavailable` where that takes too long: it was read when it was submitted, so
 * the machine is too busy now.
 */
export async function modulesWithData(
  modules: readonly { sha256: string; bytes: number }[],
): Promise<ReadonlySet<string>> {
  const unread = modules
    .filter(({ sha256, bytes }) => bytes > plainLimits.literals && bytes <= plainLimits.source && !known.has(sha256))
    .map(({ sha256 }) => sha256);
  if (unread.length > 0) {
    const texts = await (await db())
      .select({ sha256: rows.sha256, code: rows.code, runtime: rows.runtime })
      .from(rows)
      .where(inArray(rows.sha256, unread));
    for (const { sha256, code, runtime } of texts) {
      const check = await checkBeside(code, languageOf(runtime).id).catch((error) => {
        throw error instanceof AppError ? tooBusy() : error;
      });
      known.set(sha256, check.ok && check.embedsData);
    }
  }
  return new Set(
    modules.filter(({ sha256, bytes }) => bytes > plainLimits.source || known.get(sha256)).map(({ sha256 }) => sha256),
  );
}

const tooBusy = () =>
  new AppError('unavailable', 'Too many modules wait to be read; try again in five seconds.', { 'retry-after': '5' });
