import { DrizzleQueryError } from 'drizzle-orm';
import 'server-only';
import { noteOutage } from './outage.ts';
import { postgresCode } from './values.ts';

/**
 * What Drizzle throws holds the query and its parameters, and drivers add them to its cause. Next logs an error of a
 * page or an action as it stands, and strangers' unpublished code is among the parameters. So both are left out when
 * the error is made, in message, stack, fields and cause alike. Call it before the first query.
 */
export function quietQueryErrors(): void {
  const causes = new WeakMap<object, Error>();
  const nothing = { configurable: true, get: () => undefined, set: () => {} };
  Object.defineProperties(DrizzleQueryError.prototype, {
    query: nothing,
    params: nothing,
    cause: {
      configurable: true,
      get(this: object) {
        return causes.get(this);
      },
      set(this: Error, given: unknown) {
        const cause = withoutValues(given);
        causes.set(this, cause);
        this.message = `A query failed: ${cause.message}`;
        noteOutage(this);
      },
    },
  });
}

/** PostgreSQL quotes values in its messages: only its code stays. What a driver says of a lost connection has none. */
function withoutValues(cause: unknown): Error {
  const code = postgresCode(cause);
  if (code) return Object.assign(new Error(`PostgreSQL ${code}`), { code });
  return new Error(cause instanceof Error ? cause.message : 'no reason was given');
}
