import { boolean, index, integer, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { TokenScope } from '../../lib/contract/ids.ts';
import { UserRole } from '../../lib/contract/user-role.ts';
import { at, createdAt } from './columns.ts';

export const userRole = pgEnum('user_role', UserRole.enum);

/** E-mail is nullable (ORCID gives none) and never a key. */
export const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  email: text('email'),
  role: userRole('role').notNull().default('researcher'),
  /** Not read any more. A later version drops it, when no process of the one before this runs. */
  sessionGeneration: integer('session_generation').notNull().default(0),
  createdAt,
  deletedAt: at('deleted_at'),
});

/** Who a provider says someone is. Accounts are never linked by e-mail. */
export const accounts = pgTable(
  'accounts',
  {
    provider: text('provider').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt,
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index('accounts_user').on(t.userId)],
);

/** Who is signed in, in which browser: its cookie names the row. One that is gone has ended. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt,
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_created').on(t.createdAt)],
);

/** One-time local sign-in links; only the hash is stored. */
export const signInLinks = pgTable('sign_in_links', {
  hash: text('hash').primaryKey(),
  createdAt,
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

/** The device flow of RFC 8628; only hashes of the codes are stored. */
export const deviceGrants = pgTable('device_grants', {
  deviceHash: text('device_hash').primaryKey(),
  userCodeHash: text('user_code_hash').notNull().unique(),
  scopes: text('scopes').array().$type<TokenScope[]>().notNull(),
  userId: uuid('user_id').references(() => users.id),
  denied: boolean('denied').notNull().default(false),
  polledAt: at('polled_at'),
  usedAt: at('used_at'),
  createdAt,
  expiresAt: at('expires_at').notNull(),
});

/** How often somebody tried at a door of late, by the hash of the user or the address. Swept when its time is over. */
export const tries = pgTable(
  'tries',
  {
    door: text('door').notNull(),
    who: text('who').notNull(),
    count: integer('count').notNull().default(1),
    beganAt: at('began_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.door, t.who] }), index('tries_began').on(t.beganAt)],
);

/** API tokens; only the hash is stored. */
export const tokens = pgTable(
  'tokens',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    hash: text('hash').notNull().unique(),
    scopes: text('scopes').array().$type<TokenScope[]>().notNull(),
    createdAt,
    expiresAt: at('expires_at'),
    lastUsedAt: at('last_used_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [index('tokens_user').on(t.userId)],
);
