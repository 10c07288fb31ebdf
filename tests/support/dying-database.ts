import { PglitePreparedQuery } from 'drizzle-orm/pglite';
import { vi } from 'vitest';

/** What a lost connection says. */
const died = () => Object.assign(new Error('the database is gone'), { code: '57P01' });

/**
 * Does the work on a database that answers so many statements and is gone after them; what a transaction had not
 * committed by then is gone too. Returns whether the work came to its end all the same.
 */
export async function diesAfter(statements: number, work: () => Promise<unknown>): Promise<boolean> {
  const original = PglitePreparedQuery.prototype.execute;
  let left = statements;
  const spy = vi.spyOn(PglitePreparedQuery.prototype, 'execute').mockImplementation(async function (
    this: PglitePreparedQuery<never>,
    ...args
  ) {
    if (left-- <= 0) throw died();
    return original.apply(this, args);
  });
  try {
    await work();
    return left >= 0;
  } catch (error) {
    if (left >= 0) throw error; // it broke by itself
    return false;
  } finally {
    spy.mockRestore();
  }
}
