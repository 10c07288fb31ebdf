import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Card } from '../../lib/contract/card.ts';
import type { Backend, Outcome, RowKind, Sha256, Slug } from '../../lib/contract/ids.ts';
import type { Report, Scores } from '../../lib/contract/report.ts';
import type { Runtime } from '../../lib/contract/runtime.ts';
import { at, createdAt } from './columns.ts';
import { users } from './people.ts';

/** Code by content. `kind`: filter, shape, train, or control for the two that the harness makes itself. */
export const modules = pgTable('modules', {
  sha256: text('sha256').$type<Sha256>().primaryKey(),
  code: text('code').notNull(),
  bytes: integer('bytes').notNull(),
  kind: text('kind').$type<RowKind>().notNull(),
  /** What it runs in. For every other than JavaScript it is a label of its jobs as well. */
  runtime: text('runtime').$type<Runtime>().notNull().default('javascript'),
  createdAt,
});

/**
 * Immutable; a change is a new version that names the one before. Versions are a line. `baseline`: the harness's own,
 * owned by the user `antidote`.
 */
export const submissions = pgTable(
  'submissions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    moduleSha256: text('module_sha256')
      .$type<Sha256>()
      .notNull()
      .references(() => modules.sha256),
    name: text('name').notNull(),
    card: jsonb('card').$type<Card>().notNull(),
    baseline: text('baseline').$type<Slug>(),
    previousId: uuid('previous_id'),
    createdAt,
    /** Until this day, UTC, nobody is told whose it is; null for one that tells it. */
    anonymousUntil: date('anonymous_until'),
    withdrawnAt: at('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (t) => [
    unique('submissions_owner_module').on(t.ownerId, t.moduleSha256),
    foreignKey({ columns: [t.previousId], foreignColumns: [t.id] }),
    unique('submissions_previous').on(t.previousId),
  ],
);

/** What an author's own run of a submission on a suite gave: claims, shown beside the runner's numbers. */
export const reports = pgTable(
  'reports',
  {
    submissionId: uuid('submission_id')
      .notNull()
      .references(() => submissions.id),
    suite: text('suite').notNull(),
    suiteDigest: text('suite_digest').$type<Sha256>().notNull(),
    report: jsonb('report').$type<Report>().notNull(),
    createdAt,
  },
  (t) => [primaryKey({ columns: [t.submissionId, t.suite] })],
);

/**
 * A submission on a suite, by one harness and one engine. Its state is read off its jobs. `season` is empty for the
 * public suite.
 */
export const evaluations = pgTable(
  'evaluations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    submissionId: uuid('submission_id')
      .notNull()
      .references(() => submissions.id),
    suite: text('suite').notNull(),
    suiteDigest: text('suite_digest').$type<Sha256>().notNull(),
    season: text('season').notNull().default(''),
    harnessDigest: text('harness_digest').$type<Sha256>().notNull(),
    engine: text('engine').$type<Backend>().notNull(),
    requestedBy: uuid('requested_by').references(() => users.id),
    /** Why it was not admitted: the suite that comes before it was not passed. Then none of its jobs was asked for. */
    refused: text('refused'),
    /**
     * Of a row of the reference table that came with the software: when the last of its results was computed,
     * elsewhere.
     */
    snapshotAt: at('snapshot_at'),
    createdAt,
  },
  (t) => [
    unique('evaluations_once').on(t.submissionId, t.suiteDigest, t.season, t.harnessDigest, t.engine),
    index('evaluations_suite').on(t.suite, t.createdAt),
    index('evaluations_season').on(t.season).where(sql`${t.season} <> ''`),
  ],
);

/**
 * What an evaluation that has come to its end is worth, computed when it ended. `inputs` is a digest of what it was
 * computed from: where it is not that of today, the row is out of date and is computed anew.
 */
export const scores = pgTable('scores', {
  evaluationId: uuid('evaluation_id')
    .primaryKey()
    .references(() => evaluations.id, { onDelete: 'cascade' }),
  inputs: text('inputs').notNull(),
  state: text('state').$type<'scored' | 'failed'>().notNull(),
  /** Null where its engine has no reference yet. */
  scores: jsonb('scores').$type<Scores>(),
  /** Of the trials that were run and not scored, the commonest. */
  outcome: text('outcome').$type<Outcome>(),
  jailed: boolean('jailed'),
  /** Some of its work was cancelled because the harness changed. */
  cutShort: boolean('cut_short').notNull(),
  computedAt: at('computed_at').notNull().defaultNow(),
});
