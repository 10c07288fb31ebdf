import { z } from 'zod';
import { chores } from '../catalog/chores.ts';
import * as api from '../contract/api.ts';
import { moduleByteLimit } from '../contract/card.ts';
import { ResultEnvelope } from '../contract/dsse.ts';
import { type TokenScope, tokenLimit } from '../contract/ids.ts';
import * as runner from '../contract/protocol.ts';
import { RunnerStateAnswer, RunnerStateRequest } from '../contract/runner-state.ts';
import { SeasonRecord } from '../contract/season.ts';
import { SeasonEntryJson } from '../contract/season-entry.ts';
import { EntryAnswer, EntryRequest, SeasonStandings } from '../contract/season-standings.ts';
import { SubmissionRequest } from '../contract/submission-request.ts';

/** A schema: JSON. A media type: text or bytes of that type. Null: no body. */
type Content = z.ZodType | string | null;

export type Route = {
  summary: string;
  /**
   * A scope: by token, or by cookie from our own pages. `somebody`: by a token for whatever. `runner`: signed by one.
   * `chores`: the secret of ANTIDOTE_DATA.
   */
  for: 'anybody' | 'somebody' | 'runner' | 'chores' | TokenScope;
  /** Stands in the OpenAPI document. */
  published: boolean;
  query?: readonly string[];
  headers?: readonly string[];
  /** A list of names: the fields of a form. */
  body?: z.ZodType | readonly string[];
  answers: Readonly<Record<number, readonly [says: string, content: Content]>>;
};

const problem = (says: string) => [says, api.Problem] as const;
const noSuch = { 404: problem('There is none of that id') };
const unchanged = { 304: ['Not modified', null] } as const;
const badBody = { 400: problem('No JSON in UTF-8'), 413: problem('Too large'), 422: problem('Another shape') };
const bytes = 'application/octet-stream';

/** What may be answered on every route. */
export const everywhere: Route['answers'] = {
  400: problem('The request is malformed'),
  500: problem('Our fault'),
  503: problem('Try again, after Retry-After'),
};

const open = { for: 'anybody', published: true } as const;
const signedIn = { for: 'somebody', published: true } as const;
const needs = (scope: TokenScope) => ({ for: scope, published: true }) as const;
const badToken = { 401: problem('The token is not known, was revoked or has run out') };
const noToken = { 401: problem('No token'), 403: problem('The token is not for this') };

const chore = (summary: string, { body, answer }: { body: z.ZodType; answer: z.ZodType }) =>
  ({
    summary,
    for: 'chores',
    published: false,
    body,
    answers: {
      200: ['Done', answer],
      ...badBody,
      401: problem('No secret'),
      403: problem('Not here'),
      404: problem('No such thing'),
      409: problem('It can’t be done'),
    },
  }) as const;

const signed = { for: 'runner', published: false } as const;
const notSigned = { 401: problem('Not signed by a runner'), 403: problem('The runner may not') };
const fenced = { ...notSigned, ...noSuch, 409: problem('The attempt does not hold the job') };

/** Which rows of a board, and in which order. `columns` is a page's alone: exports have them all. */
const boardQuery = ['search', 'kind', 'track', 'language', 'flags', 'baselines', 'sort', 'direction', 'detail'];

/** Every endpoint under /api but next-auth's own. The OpenAPI document is made from it; a test holds handlers to it. */
export const routes = {
  'GET /api/v1/openapi.json': {
    summary: 'This description',
    for: 'anybody',
    published: false,
    answers: { 200: ['OpenAPI 3.1', z.looseObject({ openapi: z.string() })] },
  },
  'GET /api/v1/health': {
    summary: 'Whether site and database answer',
    ...open,
    answers: { 200: ['All is well', api.Health], 503: ['The database does not answer', api.Health] },
  },
  'GET /api/v1/suites': {
    summary: 'Every published suite',
    ...open,
    answers: { 200: ['The suites', api.SuiteList] },
  },
  'GET /api/v1/suites/{suite}': {
    summary: 'One suite',
    ...open,
    answers: { 200: ['The suite', api.SuiteJson], ...noSuch },
  },
  'GET /api/v1/suites/{suite}/files/{path*}': {
    summary: 'A file of the suite, or of a closed season’s, whole or in part; its strong ETag is its sha256',
    ...open,
    headers: ['range'],
    answers: {
      200: ['Bytes', bytes],
      206: ['Bytes', bytes],
      ...unchanged,
      416: ['The range lies past the end', null],
      ...noSuch,
    },
  },
  'GET /api/v1/suites/{suite}/standings': {
    summary: 'The board, or with a query the rows of its page in its order',
    ...open,
    query: boardQuery,
    answers: { 200: ['Every row, also those that wait', api.StandingsJson], ...unchanged, ...noSuch },
  },
  'GET /api/v1/suites/{suite}/standings.csv': {
    summary: 'The board as CSV, with the rows and the order of its page',
    ...open,
    query: boardQuery,
    answers: { 200: ['RFC 4180', 'text/csv'], ...unchanged, ...noSuch },
  },
  'GET /api/v1/suites/{suite}/standings.parquet': {
    summary: 'The same as Apache Parquet, its source and license in its metadata too',
    ...open,
    query: boardQuery,
    answers: { 200: ['Parquet', 'application/vnd.apache.parquet'], ...unchanged, ...noSuch },
  },
  'GET /api/v1/seasons': {
    summary: 'Every season, the newest first',
    ...open,
    answers: { 200: ['The seasons', api.SeasonList] },
  },
  'GET /api/v1/seasons/{season}': {
    summary: 'One season: its state and commitment, and from its close on all that it was committed to',
    ...open,
    answers: { 200: ['The season', SeasonRecord], ...unchanged, ...noSuch },
  },
  'GET /api/v1/seasons/{season}/standings': {
    summary: 'The board of a season: its entries, and from its close on places and scores',
    ...open,
    answers: { 200: ['Every entry', SeasonStandings], ...unchanged, ...badToken, ...noSuch },
  },
  'GET /api/v1/seasons/{season}/standings.csv': {
    summary: 'The same as CSV',
    ...open,
    answers: { 200: ['RFC 4180', 'text/csv'], ...noSuch },
  },
  'POST /api/v1/seasons/{season}/entries': {
    summary: 'Enter a submission of one’s own in a season (scope submit)',
    ...needs('submit'),
    body: EntryRequest,
    answers: {
      201: ['Entered, now or before', EntryAnswer],
      ...badBody,
      ...noToken,
      403: problem('Not yours'),
      404: problem('There is no such season or submission'),
      409: problem('The season takes none, its public evaluation is not complete, or both entries are used'),
    },
  },
  'GET /api/v1/seasons/{season}/entries/{entry}': {
    summary:
      'An entry of a closed season: scores, every trial, the honesty probes, and the results as they were signed',
    ...open,
    answers: {
      200: ['The entry', SeasonEntryJson],
      ...unchanged,
      404: problem('There is no such season or entry, or the season is not closed'),
    },
  },
  'GET /api/v1/submissions': {
    summary: 'One’s own submissions',
    ...needs('read'),
    answers: { 200: ['Newest first', api.SubmissionPage], ...noToken },
  },
  'POST /api/v1/submissions': {
    summary: 'Submit a defense (scope submit)',
    ...needs('submit'),
    body: SubmissionRequest,
    answers: {
      200: ['The same module was submitted before', api.SubmissionJson],
      201: ['Submitted', api.SubmissionJson],
      ...badBody,
      ...noToken,
      404: problem('There is no such submission to replace'),
      409: problem('It was withdrawn, or the one that it replaces is not the newest version'),
      413: problem(`Over ${moduleByteLimit.toLocaleString('en-US')} bytes`),
      422: problem('The module is refused, with the reason'),
      429: problem('Past the quota, or too many uploads'),
    },
  },
  'GET /api/v1/submissions/{submission}': {
    summary: 'What became of a submission',
    ...open,
    query: ['suite'],
    answers: { 200: ['The submission', api.SubmissionJson], ...unchanged, ...badToken, ...noSuch },
  },
  'GET /api/v1/submissions/{submission}/badge.svg': {
    summary: 'A badge for a README: the number that the board stands in the order of',
    ...open,
    query: ['suite'],
    answers: { 200: ['The badge', 'image/svg+xml'], ...badToken, ...noSuch },
  },
  'GET /api/v1/submissions/{submission}/module': {
    summary: 'The module’s text, public from its first score on',
    ...open,
    answers: { 200: ['As it was submitted', 'text/plain'], ...badToken, ...noSuch },
  },
  'POST /api/v1/submissions/{submission}/withdraw': {
    summary: 'Take a submission off the board (owner or organizer)',
    ...needs('submit'),
    body: api.WithdrawRequest,
    answers: { 200: ['Withdrawn', api.SubmissionJson], ...badBody, ...noToken, 403: problem('Not yours'), ...noSuch },
  },
  'POST /api/v1/runners/{runner}/state': {
    summary: 'Drain, quarantine, retire or activate a runner (organizer, scope runner-admin)',
    ...needs('runner-admin'),
    body: RunnerStateRequest,
    answers: {
      200: ['The runner and its new state', RunnerStateAnswer],
      ...badBody,
      ...noToken,
      403: problem('Not an organizer'),
      409: problem('The order does not fit its state'),
      ...noSuch,
    },
  },
  'GET /api/v1/whoami': {
    summary: 'Whose token this is, and what it is for',
    ...signedIn,
    answers: { 200: ['The token’s user', api.WhoamiAnswer], 401: problem('No token') },
  },
  'POST /api/v1/tokens': {
    summary: 'Trade a one-time sign-in link for a token',
    ...open,
    body: api.LinkRequest,
    answers: {
      201: ['The token, shown once', api.TokenAnswer],
      ...badBody,
      403: problem('Another site’s name'),
      410: problem('Used up or run out'),
      429: problem(`${tokenLimit} tokens already`),
    },
  },
  'POST /api/v1/device': {
    summary: 'Begin the device flow (RFC 8628)',
    ...open,
    body: ['client_id', 'scope'],
    answers: {
      200: ['Codes', api.DeviceAnswer],
      400: ['Refused', z.union([api.DeviceProblem, api.Problem])],
      413: problem('Too large'),
      429: problem('Too many from this address'),
    },
  },
  'POST /api/v1/device/token': {
    summary: 'Ask whether the device was approved',
    ...open,
    body: ['grant_type', 'device_code', 'client_id'],
    answers: {
      200: ['The token, shown once', api.DeviceTokenAnswer],
      400: ['Not yet, or never', z.union([api.DeviceProblem, api.Problem])],
      413: problem('Too large'),
      429: problem(`${tokenLimit} tokens already`),
    },
  },
  'POST /api/runner/v1/enrol': {
    summary: 'A runner makes itself known, by a one-time code and a signature of its key',
    ...signed,
    body: runner.EnrolRequest,
    answers: {
      201: ['Enrolled', runner.EnrolAnswer],
      ...badBody,
      ...notSigned,
      409: problem('The key is enrolled already'),
      410: problem('The code is used up or too old'),
    },
  },
  'POST /api/runner/v1/lease': {
    summary: 'The next job for this runner, under its own token',
    ...signed,
    body: runner.LeaseRequest,
    answers: {
      200: ['The job', runner.LeaseAnswer],
      204: ['None; ask again after Retry-After', null],
      ...badBody,
      ...notSigned,
    },
  },
  'GET /api/runner/v1/modules/{sha256}': {
    summary: 'The module of a job that this runner holds',
    ...signed,
    headers: ['antidote-lease'],
    answers: { 200: ['The module', 'text/javascript'], ...notSigned, ...noSuch },
  },
  'GET /api/runner/v1/jobs/{job}/attempts/{attempt}': {
    summary: 'What the site believes of an attempt',
    ...signed,
    headers: ['antidote-lease'],
    answers: { 200: ['The attempt', runner.AttemptAnswer], ...fenced },
  },
  'POST /api/runner/v1/jobs/{job}/attempts/{attempt}/heartbeat': {
    summary: 'The attempt is alive',
    ...signed,
    headers: ['antidote-lease'],
    body: runner.Heartbeat,
    answers: { 200: ['The lease’s new end', runner.HeartbeatAnswer], ...badBody, ...fenced },
  },
  'PUT /api/runner/v1/jobs/{job}/attempts/{attempt}/log': {
    summary: 'More of the attempt’s log',
    ...signed,
    query: ['offset'],
    headers: ['antidote-lease'],
    answers: { 200: ['The next offset', runner.LogAnswer], ...fenced, 413: problem('The log is full') },
  },
  'PUT /api/runner/v1/jobs/{job}/attempts/{attempt}/result': {
    summary: 'The sealed outcome of the attempt',
    ...signed,
    headers: ['antidote-lease'],
    body: ResultEnvelope,
    answers: {
      200: ['The same again', runner.ResultAnswer],
      201: ['Accepted', runner.ResultAnswer],
      ...badBody,
      ...fenced,
    },
  },
  'POST /api/runner/v1/jobs/{job}/attempts/{attempt}/fail': {
    summary: 'Our side failed, or the runner hands the job back',
    ...signed,
    headers: ['antidote-lease'],
    body: runner.FailRequest,
    answers: { 200: ['The job’s state', runner.FailAnswer], ...badBody, ...fenced },
  },
  'POST /api/chores/sign-in-link': chore('A new one-time sign-in link', chores.signInLink),
  'POST /api/chores/runner-code': chore('A one-time enrolment code', chores.runnerCode),
  'POST /api/chores/rescore': chore('Computes the stored scores anew, or checks them', chores.rescore),
  'POST /api/chores/seed': chore('Puts reference defenses on the board', chores.seed),
  'POST /api/chores/jobs-here': chore('Which of these jobs the site knows', chores.jobsHere),
  'POST /api/chores/snapshot': chore('Puts a row of the reference table on the board', chores.snapshot),
  'POST /api/chores/snapshot-rows': chore(
    'The rows of the reference table that were computed here',
    chores.snapshotRows,
  ),
  'POST /api/chores/decide': chore('Decides on a job about which two runners disagree', chores.decide),
  'POST /api/chores/season-begin': chore('Takes the name of a season', chores.seasonBegin),
  'POST /api/chores/season-open': chore('Opens a season', chores.seasonOpen),
  'POST /api/chores/season-runner': chore('Names one more runner that holds a season’s files', chores.seasonRunner),
  'POST /api/chores/season-closing': chore('Ends the entries of a season', chores.seasonClosing),
  'POST /api/chores/season-close': chore('Closes a season', chores.seasonClose),
  'POST /api/chores/season-import': chore(
    'Puts a closed season that was held elsewhere on the site',
    chores.seasonImport,
  ),
  'POST /api/chores/season-export': chore('A closed season, to be committed', chores.seasonExport),
  'POST /api/chores/dump': chore('Writes the whole database into a new file', chores.dump),
  'POST /api/chores/restore': chore('Stores a dump in an empty database', chores.restore),
  'POST /api/chores/audit': chore('Checks the chain of events and every result', chores.audit),
} as const satisfies Record<string, Route>;

/** A method and a path, with its parameters in braces; `{name*}` is the rest of the path. */
export type RouteName = keyof typeof routes;

export const routeNamed = (name: RouteName): Route => routes[name];
