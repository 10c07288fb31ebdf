import { z } from 'zod';
import { base64url, fromBase64 } from './ed25519.ts';
import { Backend, RowKind, Sha256, Slug, UsualBackend } from './ids.ts';
import { PythonSet, Runtime } from './runtime.ts';
import { SeasonName } from './season.ts';
import { Trial } from './suite.ts';

/**
 * What runner and site say to each other under `/api/runner/v1`. Every call is signed (http-signature.ts); every call
 * about an attempt carries the lease token in the header `antidote-lease`. Times are ISO 8601 UTC, by the site's
 * database.
 */

/**
 * 32 random bytes in base64url, made by the runner: a lost answer can be asked for again, with the same token. One
 * token is one attempt's for ever.
 */
export const LeaseToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'want 32 bytes in base64url');

/**
 * `official`: what it finds counts for the board. `community`: enrolled in an older version, gets no work; none are
 * enrolled any more.
 */
export const RunnerClass = z.enum(['official', 'community']);
export type RunnerClass = z.infer<typeof RunnerClass>;

/** What a runner may offer: engines, runtimes other than JavaScript, and a jail. */
export const runnerLabels = [
  ...UsualBackend.options.map((backend) => `engine:${backend}` as const),
  ...PythonSet.options.map((set) => `python:${set}` as const),
  'jail',
] as const;

/** `official` is the class's own, is one too, and is never given by hand. */
export const Label = z.string().regex(/^[a-z0-9]+(:[a-z0-9.-]+)?$/);

/** Ed25519, raw 32 bytes in base64url. One key has one spelling: the two unused bits of the last character are 0. */
const PublicKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'want a raw Ed25519 public key in base64url')
  .refine((key) => base64url(fromBase64(key)) === key, 'want the key in canonical base64url');

/**
 * POST /enrol, signed with the key that it brings, which is its keyid too: this proves that the runner holds the
 * private key. `labels` are what the runner has; those are granted that the organizer confirmed with the code.
 */
export const EnrolRequest = z.strictObject({
  code: z.string().min(1).max(200),
  publicKey: PublicKey,
  name: z.string().trim().min(1).max(80),
  labels: z.array(Label).max(20),
  about: z.record(z.string(), z.unknown()).default({}),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

/** 201. `runner` is the keyid of its signatures. */
export const EnrolAnswer = z.object({ runner: z.uuid(), class: RunnerClass, labels: z.array(z.string()) });
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;

/**
 * POST /lease. With `harness`, one or one for each runtime, jobs for others are passed over: their results could not be
 * accepted.
 */
export const LeaseRequest = z.strictObject({
  leaseToken: LeaseToken,
  harness: z.union([Sha256, z.array(Sha256).min(1).max(20)]).optional(),
  /** The seasons whose files it has. It gets jobs of those that it was named for when they were opened. */
  seasons: z.array(SeasonName).max(100).default([]),
});
export type LeaseRequest = z.infer<typeof LeaseRequest>;

/** In bytes of UTF-8. */
export const limits = { logChunkBytes: 65_536, logBytes: 1_048_576, detailBytes: 2048, resultBytes: 4_194_304 };

/** 200 of /lease; 204 with Retry-After where there is nothing to do. */
export const LeaseAnswer = z.object({
  job: z.uuid(),
  attempt: z.int().positive(),
  leaseSeconds: z.int().positive(),
  leaseExpiresAt: z.iso.datetime(),
  deadline: z.iso.datetime(),
  serverTime: z.iso.datetime(),
  limits: z.object({ logChunkBytes: z.int(), logBytes: z.int(), detailBytes: z.int(), resultBytes: z.int() }),
  suite: z.object({ id: z.string(), digest: Sha256 }),
  engine: Backend,
  harnessDigest: Sha256,
  /** `baseline`: it is the harness's own, and may run without a jail. */
  module: z.object({
    sha256: Sha256,
    bytes: z.int().nonnegative(),
    kind: RowKind,
    runtime: Runtime.default('javascript'),
    baseline: Slug.nullable(),
  }),
  trials: z.array(Trial).min(1),
});
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;

/** POST /jobs/:job/attempts/:attempt/heartbeat. 409 `lease-lost`: kill the jail at once. */
export const Heartbeat = z.strictObject({ phase: z.string().max(200), progress: z.number().min(0).max(1) });
export type Heartbeat = z.infer<typeof Heartbeat>;
/**
 * `cancel`: stop and release; the lease is not prolonged any more. `drain`: this one may be finished; until an
 * organizer says otherwise, /lease answers 204.
 */
export const HeartbeatAnswer = z.object({ leaseExpiresAt: z.iso.datetime(), cancel: z.boolean(), drain: z.boolean() });
export type HeartbeatAnswer = z.infer<typeof HeartbeatAnswer>;

/** PUT …/log?offset=k, text/plain: 200 with the next offset; the same bytes at the same offset change nothing. */
export const LogAnswer = z.object({ next: z.int().nonnegative() });
export type LogAnswer = z.infer<typeof LogAnswer>;

/**
 * PUT …/result with a ResultEnvelope (dsse.ts): 201 accepted, 200 replay, 409 stale or conflict, 422 invalid (the lease
 * stays).
 */
export const ResultAnswer = z.object({ verdict: z.enum(['accepted', 'replay']) });
export type ResultAnswer = z.infer<typeof ResultAnswer>;

/** Why an attempt ended on our side; what the module did wrong travels in a result instead. */
export const FailCode = z.enum([
  'no-jail',
  'no-data',
  'no-engine',
  'jail-broke',
  'runner-broke',
  'harness-differs',
  'result-refused',
  'out-of-disk',
  'lease-lost',
  'drained',
  'cancelled',
]);
export type FailCode = z.infer<typeof FailCode>;

/** POST …/fail. `infra` costs a strike, `released` none. */
export const FailRequest = z.strictObject({
  class: z.enum(['infra', 'released']),
  code: FailCode,
  detail: z.string().max(limits.detailBytes),
});
export type FailRequest = z.infer<typeof FailRequest>;

export const JobState = z.enum(['queued', 'leased', 'succeeded', 'dead', 'cancelled']);
export type JobState = z.infer<typeof JobState>;
/** How an attempt ended: `infra` and `expired` cost a strike. */
export const AttemptOutcome = z.enum(['succeeded', 'expired', 'infra', 'released', 'cancelled']);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

export const FailAnswer = z.object({ state: JobState });
export type FailAnswer = z.infer<typeof FailAnswer>;

/** GET /jobs/:job/attempts/:attempt: what the site believes. */
export const AttemptAnswer = z.object({
  job: z.uuid(),
  attempt: z.int().positive(),
  state: JobState,
  /** This attempt is the one that holds the job. */
  live: z.boolean(),
  outcome: AttemptOutcome.nullable(),
  reason: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type AttemptAnswer = z.infer<typeof AttemptAnswer>;
