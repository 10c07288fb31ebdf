import { index, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { RunnerClass } from '../../lib/contract/protocol.ts';
import { RunnerState } from '../../lib/contract/runner-state.ts';
import { at, createdAt } from './columns.ts';
import { users } from './people.ts';

export const runnerClass = pgEnum('runner_class', RunnerClass.enum);

export const runnerState = pgEnum('runner_state', RunnerState.enum);

export const runners = pgTable('runners', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  /** Ed25519, raw 32 bytes in base64url. */
  publicKey: text('public_key').notNull().unique(),
  class: runnerClass('class').notNull(),
  labels: text('labels').array().notNull(),
  state: runnerState('state').notNull().default('active'),
  about: jsonb('about').$type<Record<string, unknown>>().notNull().default({}),
  createdAt,
  lastSeenAt: at('last_seen_at'),
});

/** One-time enrolment codes; an organizer fixes class and labels with the code. Only the hash is stored. */
export const runnerCodes = pgTable('runner_codes', {
  hash: text('hash').primaryKey(),
  class: runnerClass('class').notNull(),
  labels: text('labels').array().notNull(),
  createdBy: uuid('created_by').references(() => users.id),
  runnerId: uuid('runner_id').references(() => runners.id),
  createdAt,
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

/** A signature's nonce counts once, for as long as the signature would be valid. */
export const nonces = pgTable(
  'nonces',
  {
    runnerId: uuid('runner_id')
      .notNull()
      .references(() => runners.id),
    nonce: text('nonce').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runnerId, t.nonce] }), index('nonces_expiry').on(t.expiresAt)],
);
