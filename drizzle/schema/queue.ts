import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Backend, Sha256 } from '../../lib/contract/ids.ts';
import { AttemptOutcome, JobState } from '../../lib/contract/protocol.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import type { Trial } from '../../lib/contract/suite.ts';
import { at, bytea, createdAt } from './columns.ts';
import { evaluations, modules } from './defenses.ts';
import { users } from './people.ts';
import { runners } from './runners.ts';

export const jobState = pgEnum('job_state', JobState.enum);

export const attemptOutcome = pgEnum('attempt_outcome', AttemptOutcome.enum);

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
    /** Who waits for it, as far as the queue is concerned: null where the author is withheld. */
    ownerId: uuid('owner_id').references(() => users.id),
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
export const results = pgTable(
  'results',
  {
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
  },
  (t) => [index('results_runner').on(t.runnerId)],
);

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
