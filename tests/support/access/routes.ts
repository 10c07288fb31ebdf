import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RouteName } from '../../../lib/api/routes.ts';
import { SubmissionRequest } from '../../../lib/contract/submission-request.ts';
import { leaseJob } from '../../../lib/db/lease.ts';
import { createRunnerCode } from '../../../lib/db/runners.ts';
import { enterSeason } from '../../../lib/db/season-entries.ts';
import { newSignInToken } from '../../../lib/db/sign-in.ts';
import { submit } from '../../../lib/db/submit.ts';
import * as queue from '../queue.ts';
import { hex, openedSeason, submissionOf } from '../season.ts';
import type { Caller, Cast } from './callers.ts';

/** Doors outside the table of routes. One is public; the others change nothing unless a page of this site asks. */
export const otherRoutes = ['GET /feed.xml', 'POST /sign-in/link', 'POST /sign-in/with/{provider}'] as const;
export type Door = RouteName | (typeof otherRoutes)[number];

type Question = {
  params?: Record<string, string | string[]>;
  query?: string;
  json?: unknown;
  text?: string;
  lease?: string;
};
/** A status for each caller, or one for all of them. */
type Answer = number | Readonly<Record<Caller, number>>;
type Row = { asks?: (cast: Cast, caller: Caller) => Question | Promise<Question>; answers: Answer };

const shape = readFileSync('runner/defenses/examples/shape.mjs', 'utf8');

/** Where a token must be shown, and the cookie must come from a page of this site. */
const wantsToken = {
  nobody: 401,
  runner: 401,
  otherRunner: 401,
  wrongScope: 403,
  expired: 401,
  revoked: 401,
  foreignPage: 403,
};
/**
 * Where anybody may ask, and a token that is shown must be good. One that is not for reading sees what anybody sees.
 */
const readsToken = { expired: 401, revoked: 401 };
const readByAll = {
  ...readsToken,
  wrongScope: 200,
  nobody: 200,
  owner: 200,
  other: 200,
  organizer: 200,
  runner: 200,
  otherRunner: 200,
  foreignPage: 200,
};
/** Where a runner must sign. */
const unsigned = {
  nobody: 401,
  owner: 401,
  other: 401,
  organizer: 401,
  wrongScope: 401,
  expired: 401,
  revoked: 401,
  foreignPage: 401,
};

let seasons = 0;
const nextSeason = () => `${2100 + Math.floor(seasons / 12)}-${String(1 + (seasons++ % 12)).padStart(2, '0')}`;

const suite = { params: { suite: 'smoke-1' } };

/** A job of a submission of the owner's, in the runner's hands. */
async function leased({ owner, runner }: Cast) {
  await queue.clearQueue();
  await queue.makeJobs(owner.id, [[queue.trial]]);
  const lease = queue.newToken();
  const job = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, lease))!;
  return { job, lease, params: { job: job.job, attempt: String(job.attempt) } };
}

const request = () => ({ name: 'A defense', suite: 'smoke-1', code: `${shape}// ${randomUUID()}\n`, card: {} });

/** The owner's, of which nothing is scored yet. */
const submission = async ({ owner }: Cast) => ({
  params: { submission: (await submit(owner, SubmissionRequest.parse(request()))).id },
});

export const rows: Readonly<Record<Door, Row>> = {
  'GET /api/v1/openapi.json': { answers: 200 },
  'GET /api/v1/health': { answers: 200 },
  'GET /api/v1/suites': { answers: 200 },
  'GET /api/v1/suites/{suite}': { asks: () => suite, answers: 200 },
  // It is not built in the empty data folder of this test.
  'GET /api/v1/suites/{suite}/files/{path*}': {
    asks: () => ({ params: { suite: 'smoke-1', path: ['manifest.json'] } }),
    answers: 503,
  },
  'GET /api/v1/suites/{suite}/standings': { asks: () => suite, answers: 200 },
  'GET /api/v1/suites/{suite}/standings.csv': { asks: () => suite, answers: 200 },
  'GET /api/v1/suites/{suite}/standings.parquet': { asks: () => suite, answers: 200 },
  'GET /api/v1/seasons': { answers: 200 },
  'GET /api/v1/seasons/{season}': {
    asks: async () => ({ params: { season: (await openedSeason(nextSeason())).name } }),
    answers: 200,
  },
  'GET /api/v1/seasons/{season}/standings': {
    asks: async () => ({ params: { season: (await openedSeason(nextSeason())).name } }),
    answers: readByAll,
  },
  'GET /api/v1/seasons/{season}/standings.csv': {
    asks: async () => ({ params: { season: (await openedSeason(nextSeason())).name } }),
    answers: 200,
  },
  'POST /api/v1/seasons/{season}/entries': {
    asks: async ({ owner }) => ({
      params: { season: (await openedSeason(nextSeason())).name },
      json: { submission: await submissionOf(owner) },
    }),
    answers: { ...wantsToken, owner: 201, other: 403, organizer: 403 },
  },
  // Before the close it is withheld, from its author and the organizers too.
  'GET /api/v1/seasons/{season}/entries/{entry}': {
    asks: async ({ owner }) => {
      const { name: season } = await openedSeason(nextSeason());
      return { params: { season, entry: (await enterSeason(owner, await submissionOf(owner), season)).id } };
    },
    answers: 404,
  },
  'GET /api/v1/whoami': {
    answers: { ...wantsToken, wrongScope: 200, owner: 200, other: 200, organizer: 200, foreignPage: 200 },
  },
  'GET /api/v1/submissions': {
    answers: { ...wantsToken, owner: 200, other: 200, organizer: 200, foreignPage: 200 },
  },
  'POST /api/v1/submissions': {
    asks: () => ({ json: request() }),
    answers: { ...wantsToken, owner: 201, other: 201, organizer: 201 },
  },
  'GET /api/v1/submissions/{submission}/badge.svg': {
    asks: submission,
    answers: readByAll,
  },
  'GET /api/v1/submissions/{submission}': {
    asks: submission,
    answers: readByAll,
  },
  'GET /api/v1/submissions/{submission}/module': {
    asks: submission,
    answers: {
      ...readsToken,
      wrongScope: 404,
      nobody: 404,
      owner: 200,
      other: 404,
      organizer: 200,
      runner: 404,
      otherRunner: 404,
      foreignPage: 200,
    },
  },
  'POST /api/v1/submissions/{submission}/withdraw': {
    asks: async (cast) => ({ ...(await submission(cast)), json: { reason: 'A mistake.' } }),
    answers: { ...wantsToken, owner: 200, other: 403, organizer: 200 },
  },
  'POST /api/v1/runners/{runner}/state': {
    asks: ({ runner }) => ({ params: { runner: runner.id }, json: { order: 'drain', reason: 'It is moved.' } }),
    answers: { ...wantsToken, owner: 403, other: 403, organizer: 200 },
  },
  // Whoever holds the link is let in.
  'POST /api/v1/tokens': { asks: async () => ({ json: { link: await newSignInToken() } }), answers: 201 },
  'POST /api/v1/device': { asks: () => ({ text: 'client_id=antidote&scope=read' }), answers: 200 },
  'POST /api/v1/device/token': { asks: () => ({ text: 'grant_type=x' }), answers: 400 },
  // A new key signs with itself. An enrolled runner signs with its id.
  'POST /api/runner/v1/enrol': {
    asks: async ({ runner: { publicKey } }) => ({
      json: { code: await createRunnerCode('chore', []), publicKey, name: 'new', labels: [], about: {} },
    }),
    answers: 401,
  },
  'POST /api/runner/v1/lease': {
    asks: async ({ owner }) => {
      await queue.clearQueue();
      await queue.makeJobs(owner.id, [[queue.trial]]);
      return { json: { leaseToken: queue.newToken() } };
    },
    answers: { ...unsigned, runner: 200, otherRunner: 200 },
  },
  'GET /api/runner/v1/modules/{sha256}': {
    asks: async (cast) => {
      const { lease, job } = await leased(cast);
      return { params: { sha256: job.moduleSha256 }, lease };
    },
    answers: { ...unsigned, runner: 200, otherRunner: 404 },
  },
  'GET /api/runner/v1/jobs/{job}/attempts/{attempt}': {
    asks: leased,
    answers: { ...unsigned, runner: 200, otherRunner: 404 },
  },
  'POST /api/runner/v1/jobs/{job}/attempts/{attempt}/heartbeat': {
    asks: async (cast) => ({ ...(await leased(cast)), json: { phase: 'training', progress: 0.5 } }),
    answers: { ...unsigned, runner: 200, otherRunner: 409 },
  },
  'PUT /api/runner/v1/jobs/{job}/attempts/{attempt}/log': {
    asks: async (cast) => ({ ...(await leased(cast)), query: '?offset=0', text: 'epoch 1' }),
    answers: { ...unsigned, runner: 200, otherRunner: 409 },
  },
  'PUT /api/runner/v1/jobs/{job}/attempts/{attempt}/result': {
    asks: async (cast, caller) => {
      const { job, lease, params } = await leased(cast);
      const sealer = caller === 'otherRunner' ? cast.otherRunner : cast.runner;
      return { params, lease, json: await queue.sealedBy(sealer, queue.resultFor(job)) };
    },
    answers: { ...unsigned, runner: 201, otherRunner: 409 },
  },
  'POST /api/runner/v1/jobs/{job}/attempts/{attempt}/fail': {
    asks: async (cast) => ({ ...(await leased(cast)), json: { class: 'released', code: 'drained', detail: '' } }),
    answers: { ...unsigned, runner: 200, otherRunner: 409 },
  },
  // They want the secret of the data folder, which none of these has.
  'POST /api/chores/sign-in-link': { asks: () => ({ json: {} }), answers: 401 },
  'POST /api/chores/runner-code': { asks: () => ({ json: { labels: [] } }), answers: 401 },
  'POST /api/chores/rescore': { asks: () => ({ json: { check: true, after: null } }), answers: 401 },
  'POST /api/chores/seed': { asks: () => ({ json: { suite: 'smoke-1', baselines: [] } }), answers: 401 },
  'POST /api/chores/jobs-here': { asks: () => ({ json: { jobs: [] } }), answers: 401 },
  'POST /api/chores/snapshot': { asks: () => ({ json: {} }), answers: 401 },
  'POST /api/chores/snapshot-rows': { asks: () => ({ json: { suite: 'core-1' } }), answers: 401 },
  'POST /api/chores/audit': { asks: () => ({ json: {} }), answers: 401 },
  'POST /api/chores/decide': {
    asks: () => ({ json: { job: randomUUID(), choice: 'first', reason: 'Read.' } }),
    answers: 401,
  },
  'POST /api/chores/season-begin': {
    asks: () => ({ json: { name: '2100-02', plan: 'smoke', holder: hex() } }),
    answers: 401,
  },
  'POST /api/chores/season-open': { asks: () => ({ json: {} }), answers: 401 },
  'POST /api/chores/season-runner': {
    asks: () => ({ json: { name: '2100-02', holder: hex(), runner: randomUUID(), reason: 'The other one died.' } }),
    answers: 401,
  },
  'POST /api/chores/season-closing': { asks: () => ({ json: { name: '2100-02', holder: hex() } }), answers: 401 },
  'POST /api/chores/season-close': { asks: () => ({ json: {} }), answers: 401 },
  'POST /api/chores/season-import': { asks: () => ({ json: {} }), answers: 401 },
  'POST /api/chores/season-export': { asks: () => ({ json: { name: '2100-02' } }), answers: 401 },
  'POST /api/chores/dump': { asks: () => ({ json: { file: '/nowhere/dump.gz' } }), answers: 401 },
  'POST /api/chores/restore': { asks: () => ({ json: { file: '/nowhere/dump.gz' } }), answers: 401 },
  'GET /feed.xml': { answers: 200 },
  'POST /sign-in/link': { asks: async () => ({ text: `token=${await newSignInToken()}` }), answers: 403 },
  'POST /sign-in/with/{provider}': { asks: () => ({ params: { provider: 'github' } }), answers: 403 },
};
