import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type SQL, sql } from 'drizzle-orm';
import { beginDevice } from '../../../lib/db/devices.ts';
import { newSession, viewerOfSession } from '../../../lib/db/sessions.ts';
import { createToken, tokensOf } from '../../../lib/db/tokens.ts';
import * as queue from '../queue.ts';
import { execute } from '../sql.ts';
import type { Cast } from './callers.ts';

/** Who may press a button. A token or a signature is no cookie: with one, an action is asked by nobody. */
export const pressers = ['nobody', 'owner', 'other', 'organizer'] as const;
export type Presser = (typeof pressers)[number];

/** What is sent, and whether it was done afterwards. An action of one argument takes no state before its form. */
type Pressed = { form: Record<string, string>; before?: unknown; done: () => Promise<boolean> };
export type ActionRow = { asks: (cast: Cast, presser: Presser) => Promise<Pressed>; may: readonly Presser[] };

export const anybody = ['owner', 'other', 'organizer'] as const;
export const finds = (query: SQL) => async () => (await execute(query)).length > 0;
const idOf = (cast: Cast, presser: Presser) => (presser === 'nobody' ? cast.owner.id : cast[presser].id);

/** The names of the cookies that an action set or took away. */
export const jar: string[] = [];
/** What the browser's cookie names. */
export const cookie: { session: string | null } = { session: null };

export const actionRows: Readonly<Record<string, ActionRow>> = {
  'account/actions.ts newToken': {
    asks: async () => {
      const name = randomUUID();
      const form = { name, read: 'on', days: '7' };
      return {
        before: { token: null, problem: null },
        form,
        done: finds(sql`select 1 from tokens where name = ${name}`),
      };
    },
    may: anybody,
  },
  'account/actions.ts revoke': {
    asks: async ({ owner }) => {
      await createToken(owner, { name: 'the owner’s', scopes: ['read'], days: 1 });
      const { id } = (await tokensOf(owner))[0]!;
      const done = finds(sql`select 1 from tokens where id = ${id}::uuid and revoked_at is not null`);
      return { form: { token: id }, done };
    },
    may: ['owner'],
  },
  'account/actions.ts rename': {
    asks: async () => {
      const name = randomUUID();
      return { before: { problem: null }, form: { name }, done: finds(sql`select 1 from users where name = ${name}`) };
    },
    may: anybody,
  },
  'account/actions.ts leave': {
    asks: async (cast, presser) => {
      const session = await newSession(idOf(cast, presser));
      cookie.session = presser === 'nobody' ? null : session;
      const goesOn = async () => (await viewerOfSession(session)) !== null;
      return {
        form: {},
        done: async () => jar.includes('next-auth.session-token') && (await goesOn()) === (presser === 'nobody'),
      };
    },
    may: pressers,
  },
  'account/actions.ts leaveEverywhere': {
    asks: async (cast, presser) => {
      const id = idOf(cast, presser);
      const session = await newSession(id);
      return { form: {}, done: async () => (await viewerOfSession(session)) === null };
    },
    may: anybody,
  },
  'theme.ts chooseTheme': {
    asks: async () => ({ form: { theme: 'dark' }, done: async () => jar.includes('theme') }),
    may: pressers,
  },
  'account/actions.ts remove': {
    asks: async (cast, presser) => {
      const done = finds(sql`select 1 from users where id = ${idOf(cast, presser)}::uuid and deleted_at is not null`);
      return { before: { problem: null }, form: { sure: 'on' }, done };
    },
    may: anybody,
  },
  'device/actions.ts decideDevice': {
    asks: async () => {
      const { userCode } = await beginDevice(['read'], 'here');
      const done = finds(sql`select 1 from device_grants where user_id is not null`);
      await execute(sql`delete from device_grants where user_id is not null`);
      return { before: {}, form: { code: userCode, decision: 'approve' }, done };
    },
    may: anybody,
  },
  'runners/actions.ts newRunnerCode': {
    asks: async () => {
      await execute(sql`delete from runner_codes`);
      return { before: {}, form: {}, done: finds(sql`select 1 from runner_codes`) };
    },
    may: ['organizer'],
  },
  'runners/actions.ts giveOrder': {
    asks: async ({ runner: { id } }) => {
      const form = { runner: id, order: 'drain', reason: 'It is moved.', sure: 'on' };
      return {
        before: {},
        form,
        done: finds(sql`select 1 from runners where id = ${id}::uuid and state = 'draining'`),
      };
    },
    may: ['organizer'],
  },
  'submissions/new/actions.ts submitDefense': {
    asks: async () => {
      const name = randomUUID();
      const code = `${readFileSync('runner/defenses/examples/shape.mjs', 'utf8')}// ${name}\n`;
      const done = finds(sql`select 1 from submissions where name = ${name}`);
      return { before: {}, form: { name, suite: 'smoke-1', code }, done };
    },
    may: anybody,
  },
  'submissions/[submission]/actions.ts withdrawSubmission': {
    asks: async ({ owner }) => {
      const id = await queue.makeSubmission(owner.id);
      const done = finds(sql`select 1 from submissions where id = ${id}::uuid and withdrawn_at is not null`);
      return { before: { problem: null }, form: { submission: id, sure: 'on', reason: 'A mistake.' }, done };
    },
    may: ['owner', 'organizer'],
  },
  'submissions/[submission]/actions.ts trySubmissionAgain': {
    asks: async ({ owner }) => {
      const { submissionId, jobs } = await queue.makeJobs(owner.id, [[queue.trial]]);
      await execute(sql`update jobs set state = 'dead', finished_at = now() where id = ${jobs[0]!}::uuid`);
      const done = finds(sql`select 1 from evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id
        join jobs j on j.id = ej.job_id where e.submission_id = ${submissionId}::uuid and j.state = 'queued'`);
      return { before: { problem: null }, form: { submission: submissionId }, done };
    },
    may: ['owner', 'organizer'],
  },
  'submissions/[submission]/actions.ts tellSubmissionAuthor': {
    asks: async ({ owner }) => {
      const id = await queue.makeSubmission(owner.id);
      await execute(sql`update submissions set anonymous_until = now()::date + 30 where id = ${id}::uuid`);
      const done = finds(sql`select 1 from submissions where id = ${id}::uuid and anonymous_until is null`);
      return { before: { problem: null }, form: { submission: id, sure: 'on' }, done };
    },
    may: ['owner'],
  },
  'submissions/[submission]/actions.ts decideDispute': {
    asks: async ({ owner }) => {
      const { jobs } = await queue.makeJobs(owner.id, [[queue.trial]]);
      const job = jobs[0]!;
      await execute(
        sql`insert into verdicts (check_id, job_id, verdict) values (${job}::uuid, ${job}::uuid, 'differs')`,
      );
      const done = finds(sql`select 1 from verdicts where job_id = ${job}::uuid and stands_id is not null`);
      const form = { job, choice: 'first', reason: 'The second has bad memory.', sure: 'on' };
      return { before: { problem: null, done: null, choice: '', reason: '' }, form, done };
    },
    may: ['organizer'],
  },
};
