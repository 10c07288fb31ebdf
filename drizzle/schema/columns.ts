import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Times are the database's. */
export const at = (name: string) => timestamp(name, { withTimezone: true });

export const createdAt = at('created_at').notNull().defaultNow();

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
