import { bigserial, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/** Append-only and hash-chained: hash = sha256(previous hash ‖ canonical JSON of the rest). */
export const events = pgTable('events', {
  seq: bigserial('seq', { mode: 'number' }).primaryKey(),
  at: at('at').notNull().defaultNow(),
  kind: text('kind').notNull(),
  subject: text('subject').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  previousHash: text('previous_hash').notNull().unique(),
  hash: text('hash').notNull().unique(),
});
