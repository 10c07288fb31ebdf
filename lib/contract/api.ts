import { z } from 'zod';
import { Card, Track } from './card.ts';
import { Gates } from './gates.ts';
import { Backend, EvaluationState, JailName, RowKind, Sha256, Slug, TokenScope } from './ids.ts';
import { ListedFile } from './manifest.ts';
import { AttemptOutcome, RunnerClass } from './protocol.ts';
import { ReferenceCell, Scores } from './report.ts';
import { Engine, Harness, TrialResult } from './result.ts';
import { Runtime } from './runtime.ts';
import { SeasonSummary } from './season.ts';
import { Draw, Rules, Scenario } from './suite.ts';
import { UserRole } from './user-role.ts';

/**
 * The JSON of the public interface: the site answers with it, the command line reads it, and OpenAPI describes it. A
 * field may be added, never renamed.
 */

const Time = z.iso.datetime();
const Assumes = Track.nullable().meta({
  description: 'What its card assumes: defenses are compared within a track; null for a control',
});
const ModuleRuntime = Runtime.meta({
  description: 'What the module runs in: its language, and its set of packages',
});

export const Problem = z
  .object({ code: z.string(), title: z.string(), detail: z.string() })
  .meta({ description: 'RFC 9457' });

export const Health = z.object({
  ok: z.boolean(),
  database: z.boolean(),
  queue: z
    .object({ waiting: z.int(), leased: z.int() })
    .nullable()
    .meta({ description: 'Jobs. One of an open season waits until the hour in which it ended is over' }),
  runners: z.int().nullable().meta({ description: 'Heard from in the last minute' }),
  boards: z.string().nullable().meta({ description: 'Another text whenever something that a board shows has changed' }),
});

export const SuiteJson = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  recipe: z.string(),
  ranked: z.boolean(),
  digest: Sha256.meta({ description: 'Of manifest.json' }),
  seeds: z.array(z.int()),
  scenarios: z.array(Scenario),
  rules: Rules.meta({ description: 'By which its training sets are made, and its results scored' }),
  draw: Draw.nullable().meta({ description: 'Of a drawn suite: plan, data set, and the seed of all its draws' }),
  files: z
    .array(z.object(ListedFile.shape))
    .nullable()
    .meta({ description: 'Null until the suite is built on this site' }),
  gates: Gates.nullable().meta({ description: 'What it was tested for before it was published' }),
});
export type SuiteJson = z.infer<typeof SuiteJson>;

export const SeasonList = z.object({ items: z.array(SeasonSummary), next: z.null() });

export const SuiteList = z.object({ items: z.array(SuiteJson), next: z.string().nullable() });

const StandingJson = z.object({
  submission: z.uuid(),
  name: z.string(),
  author: z.string(),
  kind: RowKind,
  runtime: ModuleRuntime,
  baseline: Slug.nullable(),
  track: Assumes,
  state: EvaluationState,
  rank: z.tuple([z.int(), z.int()]).nullable(),
  ...Scores.shape,
  engine: Backend,
  progress: z.number().min(0).max(1),
  position: z.int().nullable(),
  note: z.string().nullable(),
  submittedAt: Time,
  snapshotAt: Time.nullable().meta({
    description: 'When a row of the reference table that came with the software was computed, elsewhere',
  }),
  computedAt: Time.nullable().meta({ description: 'When its numbers were computed from its results' }),
});

export const StandingsJson = z.object({
  suite: z.object({ id: z.string(), digest: Sha256 }),
  season: z.string().nullable(),
  date: z.iso.date().nullable().meta({ description: 'The day when the newest of its numbers was computed' }),
  license: z.string(),
  rows: z.array(StandingJson),
});
export type StandingsJson = z.infer<typeof StandingsJson>;

const AttemptJson = z.object({
  job: z.uuid(),
  attempt: z.int(),
  runner: z.string(),
  runnerClass: RunnerClass,
  startedAt: Time,
  endedAt: Time.nullable(),
  outcome: AttemptOutcome.nullable(),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
});

const EvaluationJson = z.object({
  id: z.uuid(),
  suite: z.object({ id: z.string(), digest: Sha256 }),
  season: z.string().nullable(),
  harness: z.object({ digest: Sha256 }),
  engine: Backend,
  state: EvaluationState,
  progress: z.number().min(0).max(1),
  reused: z.boolean(),
  createdAt: Time,
  finishedAt: Time.nullable(),
  snapshotAt: Time.nullable(),
});

export const SubmissionJson = z.object({
  id: z.uuid(),
  name: z.string(),
  author: z.string(),
  kind: RowKind,
  runtime: ModuleRuntime,
  baseline: Slug.nullable(),
  anonymousUntil: z.iso.date().nullable().meta({
    description: 'Until this day, UTC, nobody is told whose it is; null for one that tells it',
  }),
  track: Assumes,
  suite: z.string().meta({ description: 'Of the evaluation that the fields below speak of' }),
  state: z.enum([...EvaluationState.options, 'withdrawn']),
  module: z.object({ sha256: Sha256, bytes: z.int() }),
  card: Card,
  vouchedOrcid: z.string().nullable().meta({
    description: 'The ORCID iD of the author who submitted it, where ORCID vouched for it; the others are as declared',
  }),
  previous: z.uuid().nullable().meta({ description: 'The version before this one' }),
  next: z.uuid().nullable().meta({ description: 'The version after this one' }),
  createdAt: Time,
  withdrawn: z.object({ at: Time, reason: z.string() }).nullable(),
  evaluations: z.array(EvaluationJson),
  position: z.int().nullable().meta({ description: 'In the queue, counted in submissions, from 1' }),
  minutesLeft: z.int().nullable().meta({
    description: 'Until the end of the evaluation, by the pace of the last jobs; null where there is nothing to go by',
  }),
  progress: z.number().min(0).max(1),
  phase: z.string().nullable(),
  waiting: z
    .string()
    .nullable()
    .meta({ description: 'Why it waits: no runner can take it, two runners disagree, or another suite comes first' }),
  heartbeatAge: z.number().nullable().meta({ description: 'Seconds since its runners’ last word' }),
  retryAt: Time.nullable(),
  attempts: z.array(AttemptJson),
  trials: z.array(TrialResult),
  scores: Scores.nullable(),
  reference: z.object({ engine: z.string(), cells: z.array(ReferenceCell) }).nullable(),
  harness: z.object({ digest: Sha256 }).nullable(),
  engine: Engine.nullable(),
  jailed: z.boolean().nullable(),
  jails: z
    .array(JailName)
    .meta({ description: 'The jails that its results name; results of older harnesses name none' }),
  report: z
    .object({
      engine: Engine,
      harness: Harness,
      trials: z.int(),
      same: z.int().nullable(),
      scores: Scores.nullable(),
    })
    .nullable()
    .meta({
      description:
        'The author’s own run, a claim: its scores computed here from its trials, and how many of those are the runner’s to the last bit; null where the engines differ or nothing is known yet',
    }),
});
export type SubmissionJson = z.infer<typeof SubmissionJson>;

export const SubmissionPage = z.object({
  items: z.array(SubmissionJson.pick({ id: true, name: true, kind: true, createdAt: true })),
  next: z.string().nullable(),
});

export const WithdrawRequest = z.strictObject({ reason: z.string().trim().max(500).default('') });

export const LinkRequest = z.strictObject({ link: z.string().min(1).max(500) });
export const TokenAnswer = z.object({ token: z.string(), user: z.string(), scopes: z.array(z.string()) });

/** `scopes`: what the token is for. */
export const WhoamiAnswer = z.object({
  user: z.string(),
  role: UserRole,
  scopes: z.array(TokenScope),
});

export const DeviceAnswer = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.url(),
  verification_uri_complete: z.url(),
  expires_in: z.int(),
  interval: z.int(),
});
export const DeviceTokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
  expires_in: z.int(),
  user: z.string(),
});
export const DeviceProblem = z.object({ error: z.string(), error_description: z.string() });
