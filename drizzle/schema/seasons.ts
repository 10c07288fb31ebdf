import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Backend, Sha256, Slug } from '../../lib/contract/ids.ts';
import type { Reference } from '../../lib/contract/report.ts';
import { type Disclosure, ReviewVerdict, SeasonState } from '../../lib/contract/season.ts';
import type { SeasonPlace } from '../../lib/contract/season-place.ts';
import { at, createdAt } from './columns.ts';
import { submissions } from './defenses.ts';
import { users } from './people.ts';
import { runners } from './runners.ts';

export const seasonState = pgEnum('season_state', SeasonState.enum);

export const reviewVerdict = pgEnum('review_verdict', ReviewVerdict.enum);

/** Seed, salt and data set are in no row before the close. `holderHash`: of what the machine that opens it can name. */
export const seasons = pgTable(
  'seasons',
  {
    name: text('name').primaryKey(),
    plan: text('plan').$type<Slug>().notNull(),
    state: seasonState('state').notNull().default('opening'),
    holderHash: text('holder_hash').notNull(),
    commitment: text('commitment').$type<Sha256>(),
    shownAtOnce: boolean('shown_at_once').notNull().default(false),
    /** What people should know of it, by its organizer; said at the opening. */
    note: text('note'),
    /** Its undefended numbers, where authors see numbers before the close. */
    references: jsonb('references').$type<Reference[]>(),
    /** On which its undefended numbers were measured. */
    engines: text('engines').array().$type<Backend[]>().notNull().default([]),
    disclosure: jsonb('disclosure').$type<Disclosure>(),
    /** Of each entry by its id, once it is closed, and a digest of what they were computed from. */
    places: jsonb('places').$type<(readonly [entry: string, SeasonPlace])[]>(),
    placesInputs: text('places_inputs'),
    createdAt,
    openedAt: at('opened_at'),
    closesAt: at('closes_at'),
    closedAt: at('closed_at'),
  },
  (t) => [
    check(
      'seasons_state_whole',
      sql`(${t.state} <> 'opening') = (${t.commitment} is not null and ${t.openedAt} is not null and ${t.closesAt} is not null)
        and (${t.state} = 'closed') = (${t.disclosure} is not null and ${t.closedAt} is not null)`,
    ),
  ],
);

/** Which runners hold a season's files. `addedAt`, `reason`: of one that was named after the opening, else null. */
export const seasonRunners = pgTable(
  'season_runners',
  {
    season: text('season')
      .notNull()
      .references(() => seasons.name),
    runnerId: uuid('runner_id')
      .notNull()
      .references(() => runners.id),
    addedAt: at('added_at'),
    reason: text('reason'),
  },
  (t) => [
    primaryKey({ columns: [t.season, t.runnerId] }),
    check('season_runners_reason', sql`(${t.addedAt} is null) = (${t.reason} is null)`),
  ],
);

/**
 * A submission in a season. `slot`: which of the author's two it is, null for one of the harness's own. One that came
 * after the end is `late`: scored and unranked. One that was withdrawn keeps its row and its slot.
 */
export const seasonEntries = pgTable(
  'season_entries',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    season: text('season')
      .notNull()
      .references(() => seasons.name),
    submissionId: uuid('submission_id')
      .notNull()
      .references(() => submissions.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id),
    slot: integer('slot'),
    late: boolean('late').notNull(),
    createdAt,
    withdrawnAt: at('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (t) => [
    unique('season_entries_once').on(t.season, t.submissionId),
    unique('season_entries_slot').on(t.season, t.authorId, t.slot),
    check('season_entries_two', sql`${t.slot} between 1 and 2`),
  ],
);

/** Of an account that was deleted before a season's close: by the hash of who it was, the slots that it had taken. */
export const seasonSlots = pgTable(
  'season_slots',
  {
    season: text('season')
      .notNull()
      .references(() => seasons.name),
    who: text('who').notNull(),
    taken: integer('taken').notNull(),
  },
  (t) => [primaryKey({ columns: [t.season, t.who] })],
);

/** What reviewers found, the newest last; it decides. */
export const seasonReviews = pgTable(
  'season_reviews',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    entryId: uuid('entry_id')
      .notNull()
      .references(() => seasonEntries.id),
    reviewerId: uuid('reviewer_id')
      .notNull()
      .references(() => users.id),
    verdict: reviewVerdict('verdict').notNull(),
    note: text('note').notNull(),
    createdAt,
  },
  (t) => [index('season_reviews_entry').on(t.entryId, t.createdAt)],
);

/** What somebody has against a row, and what an organizer answers. */
export const seasonDisputes = pgTable(
  'season_disputes',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    entryId: uuid('entry_id')
      .notNull()
      .references(() => seasonEntries.id),
    byId: uuid('by_id')
      .notNull()
      .references(() => users.id),
    reason: text('reason').notNull(),
    createdAt,
    answer: text('answer'),
    answeredBy: uuid('answered_by').references(() => users.id),
    answeredAt: at('answered_at'),
  },
  (t) => [index('season_disputes_entry').on(t.entryId, t.createdAt)],
);
