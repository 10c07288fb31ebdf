import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Card } from '../lib/contract/card.ts';
import type { Backend, Outcome, RowKind, Sha256, Slug, TokenScope } from '../lib/contract/ids.ts';
import { AttemptOutcome, JobState, RunnerClass } from '../lib/contract/protocol.ts';
import type { Reference, Report, Scores } from '../lib/contract/report.ts';
import type { TrialResult } from '../lib/contract/result.ts';
import { RunnerState } from '../lib/contract/runner-state.ts';
import type { Runtime } from '../lib/contract/runtime.ts';
import { type Disclosure, ReviewVerdict, SeasonState } from '../lib/contract/season.ts';
import type { Trial } from '../lib/contract/suite.ts';

/** The tables. A merged migration is never edited; times are the database's. */

const at = (name: string) => timestamp(name, { withTimezone: true });
const createdAt = at('created_at').notNull().defaultNow();
const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

export const userRole = pgEnum('user_role', ['researcher', 'organizer']);
export const runnerClass = pgEnum('runner_class', RunnerClass.enum);
export const runnerState = pgEnum('runner_state', RunnerState.enum);
export const jobState = pgEnum('job_state', JobState.enum);
export const attemptOutcome = pgEnum('attempt_outcome', AttemptOutcome.enum);
export const seasonState = pgEnum('season_state', SeasonState.enum);
export const reviewVerdict = pgEnum('review_verdict', ReviewVerdict.enum);

// People
// ---------------------------------------------------------------------------------------------------------------------------

/** E-mail is nullable (ORCID gives none) and never a key. */
export const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  email: text('email'),
  role: userRole('role').notNull().default('researcher'),
  /** Sessions carry the generation in which they began; those of an older one have ended. */
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

// Defenses
// -------------------------------------------------------------------------------------------------------------------------

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
 * Immutable; a change is a new version that names the one before. Versions are a line. `baseline`: the harness's own, owned by the user `antidote`.
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

// The queue
// ------------------------------------------------------------------------------------------------------------------------

/** The unit of work a runner leases. `attempt` is the fencing number and only grows; `strikes` is the retry budget. */
export const jobs = pgTable(
  'jobs',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /**
     * sha256 of the canonical JSON of (module, suite digest, season, harness digest, engine, runner class, trials).
     * Equal work runs once: unique among jobs that are not given up, so that what died or was cancelled can be asked
     * for again.
     */
    key: text('key').notNull(),
    moduleSha256: text('module_sha256')
      .$type<Sha256>()
      .notNull()
      .references(() => modules.sha256),
    suite: text('suite').notNull(),
    suiteDigest: text('suite_digest').$type<Sha256>().notNull(),
    harnessDigest: text('harness_digest').$type<Sha256>().notNull(),
    engine: text('engine').$type<Backend>().notNull(),
    trials: jsonb('trials').$type<Trial[]>().notNull(),
    /** What a runner must have to lease it, such as `engine:wasm`, `jail`, `official`. */
    labels: text('labels').array().notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    state: jobState('state').notNull().default('queued'),
    attempt: integer('attempt').notNull().default(0),
    strikes: integer('strikes').notNull().default(0),
    maxStrikes: integer('max_strikes').notNull().default(3),
    /** Start-time fair queueing between owners: lowest first. */
    vtime: doublePrecision('vtime').notNull().default(0),
    runAfter: at('run_after').notNull().defaultNow(),
    leaseSeconds: integer('lease_seconds').notNull().default(30),
    maxRunSeconds: integer('max_run_seconds').notNull().default(7200),
    runnerId: uuid('runner_id').references(() => runners.id),
    tokenHash: text('token_hash'),
    leaseExpiresAt: at('lease_expires_at'),
    deadlineAt: at('deadline_at'),
    heartbeatAt: at('heartbeat_at'),
    phase: text('phase'),
    progress: doublePrecision('progress').notNull().default(0),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    cancelReason: text('cancel_reason'),
    /** The job that this one runs again, on another runner; it serves no evaluation. */
    checks: uuid('checks'),
    createdAt,
    finishedAt: at('finished_at'),
  },
  (t) => [
    foreignKey({ columns: [t.checks], foreignColumns: [t.id] }),
    index('jobs_finished').on(t.finishedAt),
    index('jobs_checks').on(t.checks).where(sql`${t.checks} is not null`),
    uniqueIndex('jobs_key').on(t.key).where(sql`${t.state} in ('queued', 'leased', 'succeeded')`),
    uniqueIndex('jobs_token').on(t.tokenHash).where(sql`${t.tokenHash} is not null`),
    index('jobs_queued').on(t.vtime, t.id).where(sql`${t.state} = 'queued'`),
    index('jobs_leased').on(t.leaseExpiresAt).where(sql`${t.state} = 'leased'`),
    index('jobs_owner').on(t.ownerId, t.vtime).where(sql`${t.state} in ('queued', 'leased')`),
    check(
      'jobs_lease_whole',
      sql`(${t.state} = 'leased') = (${t.tokenHash} is not null and ${t.runnerId} is not null and ${t.leaseExpiresAt} is not null and ${t.deadlineAt} is not null)`,
    ),
  ],
);

/** Which evaluations a job serves: equal work of two submissions is one job. */
export const evaluationJobs = pgTable(
  'evaluation_jobs',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluations.id),
    jobId: uuid('job_id')
      .notNull()
      .references(() => jobs.id),
    /** The job was there, or done, before this evaluation asked for it. */
    reused: boolean('reused').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.evaluationId, t.jobId] }), index('evaluation_jobs_job').on(t.jobId)],
);

export const attempts = pgTable(
  'attempts',
  {
    jobId: uuid('job_id')
      .notNull()
      .references(() => jobs.id),
    attempt: integer('attempt').notNull(),
    runnerId: uuid('runner_id')
      .notNull()
      .references(() => runners.id),
    /** A lease token is one attempt's for ever. */
    tokenHash: text('token_hash').notNull().unique(),
    startedAt: at('started_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
    outcome: attemptOutcome('outcome'),
    reason: text('reason'),
    detail: text('detail'),
    log: bytea('log').notNull().default(sql`''::bytea`),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.attempt] }),
    index('attempts_done').on(t.endedAt).where(sql`${t.outcome} = 'succeeded'`),
  ],
);

/** One immutable result per job: the signed envelope as it came, and its trials. */
export const results = pgTable('results', {
  jobId: uuid('job_id')
    .primaryKey()
    .references(() => jobs.id),
  attempt: integer('attempt').notNull(),
  runnerId: uuid('runner_id')
    .notNull()
    .references(() => runners.id),
  sha256: text('sha256').notNull(),
  envelope: jsonb('envelope').notNull(),
  payload: jsonb('payload').notNull(),
  trials: jsonb('trials').$type<TrialResult[]>().notNull(),
  createdAt,
});

/**
 * What came of running a job again. Where the two differ, neither result counts until one of them stands
 * (`standsId`, a job).
 */
export const verdicts = pgTable(
  'verdicts',
  {
    checkId: uuid('check_id')
      .primaryKey()
      .references(() => jobs.id),
    jobId: uuid('job_id')
      .notNull()
      .references(() => jobs.id),
    verdict: text('verdict').$type<'same' | 'differs' | 'not-compared'>().notNull(),
    detail: text('detail'),
    standsId: uuid('stands_id').references(() => jobs.id),
    /** Why that one stands. */
    reason: text('reason'),
    createdAt,
  },
  (t) => [index('verdicts_job').on(t.jobId)],
);

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

// Seasons
// ---------------------------------------------------------------------------------------------------------------------------

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
    /** Its undefended numbers, where authors see numbers before the close. */
    references: jsonb('references').$type<Reference[]>(),
    /** On which its undefended numbers were measured. */
    engines: text('engines').array().$type<Backend[]>().notNull().default([]),
    disclosure: jsonb('disclosure').$type<Disclosure>(),
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

/** Which runners hold a season's files. */
export const seasonRunners = pgTable(
  'season_runners',
  {
    season: text('season')
      .notNull()
      .references(() => seasons.name),
    runnerId: uuid('runner_id')
      .notNull()
      .references(() => runners.id),
  },
  (t) => [primaryKey({ columns: [t.season, t.runnerId] })],
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
