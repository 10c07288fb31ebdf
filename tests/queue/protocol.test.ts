import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as enrol from '../../app/api/runner/v1/enrol/route.ts';
import * as fail from '../../app/api/runner/v1/jobs/[job]/attempts/[attempt]/fail/route.ts';
import * as beat from '../../app/api/runner/v1/jobs/[job]/attempts/[attempt]/heartbeat/route.ts';
import * as log from '../../app/api/runner/v1/jobs/[job]/attempts/[attempt]/log/route.ts';
import * as result from '../../app/api/runner/v1/jobs/[job]/attempts/[attempt]/result/route.ts';
import * as attempt from '../../app/api/runner/v1/jobs/[job]/attempts/[attempt]/route.ts';
import * as lease from '../../app/api/runner/v1/lease/route.ts';
import * as modules from '../../app/api/runner/v1/modules/[sha256]/route.ts';
import type { ResultEnvelope } from '../../lib/contract/dsse.ts';
import { newKeyPair } from '../../lib/contract/ed25519.ts';
import { signRequest } from '../../lib/contract/http-signature.ts';
import { AttemptAnswer, EnrolAnswer, HeartbeatAnswer, LeaseAnswer } from '../../lib/contract/protocol.ts';
import type { JobResult } from '../../lib/contract/result.ts';
import { requestEvaluation } from '../../lib/db/evaluations.ts';
import type { Leased } from '../../lib/db/lease.ts';
import { createRunnerCode, findRunner } from '../../lib/db/runners.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onPglite();

const site = 'http://localhost:3000/api/runner/v1';
type Key = { id: string; privateKey: string };
type Handler = (request: Request, context: { params: Promise<never> }) => Response | Promise<Response>;

async function call(
  handler: Handler,
  key: Key,
  method: string,
  path: string,
  options: { json?: unknown; bytes?: Uint8Array; lease?: string; params?: unknown } = {},
) {
  const body =
    options.bytes ?? (options.json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(options.json)));
  const url = `${site}${path}`;
  const headers = await signRequest(
    { method, url, ...(body && { body }), ...(options.lease && { lease: options.lease }) },
    key,
  );
  return send(handler, method, path, { headers, ...(body && { body }), params: options.params });
}

async function send(
  handler: Handler,
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: Uint8Array; params?: unknown } = {},
) {
  const request = new Request(`${site}${path}`, {
    method,
    headers: { host: 'localhost:3000', ...options.headers },
    ...(options.body && { body: new Uint8Array(options.body) }),
  });
  const response = await handler(request, { params: Promise.resolve(options.params ?? {}) as Promise<never> });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : null;
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    retryAfter: response.headers.get('retry-after'),
    text,
    json,
  };
}

describe('the runner protocol', () => {
  let owner: string;
  let runner: queue.TestRunner;
  let submission: string;
  beforeAll(async () => {
    owner = await queue.makeUser();
    runner = await queue.makeRunner();
  });
  beforeEach(async () => {
    await queue.clearQueue();
    submission = await queue.makeSubmission(owner, { code: `export default { filter: () => 1 }; // ${Math.random()}` });
    await requestEvaluation({ submissionId: submission, suiteId: 'smoke-1', requestedBy: owner });
  });

  const leased = async (by: Key = runner) => {
    const leaseToken = queue.newToken();
    const { status, json } = await call(lease.POST, by, 'POST', '/lease', { json: { leaseToken } });
    expect(status).toBe(200);
    const answer = LeaseAnswer.parse(json);
    return {
      answer,
      token: leaseToken,
      path: `/jobs/${answer.job}/attempts/${answer.attempt}`,
      params: { job: answer.job, attempt: String(answer.attempt) },
    };
  };
  type Held = Awaited<ReturnType<typeof leased>>;
  const about = (
    held: Held,
    handler: Handler,
    method: string,
    what: string,
    options: { json?: unknown; bytes?: Uint8Array; by?: Key; lease?: string } = {},
  ) =>
    call(handler, options.by ?? runner, method, `${held.path}${what}`, {
      lease: held.token,
      params: held.params,
      ...options,
    });
  const resultOf = ({ answer }: Held, change: Parameters<typeof queue.resultFor>[1] = {}): JobResult =>
    queue.resultFor(
      {
        ...answer,
        suite: answer.suite.id,
        suiteDigest: answer.suite.digest,
        moduleSha256: answer.module.sha256,
        moduleBytes: answer.module.bytes,
        moduleKind: answer.module.kind,
        moduleRuntime: answer.module.runtime,
        baseline: null,
      } as Leased,
      change,
    );
  const post = async (held: Held, sealed: ResultEnvelope) =>
    about(held, result.PUT, 'PUT', '/result', { json: sealed });

  it('goes: enrol, lease, module, heartbeat, log, result; and tells the board', async () => {
    const keys = await newKeyPair();
    const code = await createRunnerCode('chore', ['engine:wasm', 'jail']);
    const wish = {
      code,
      publicKey: keys.publicKey,
      name: 'new',
      labels: ['engine:wasm', 'jail', 'engine:tensorflow'],
      about: { cpu: 'x' },
    };
    const proof = { id: keys.publicKey, privateKey: keys.privateKey };
    const enrolled = await call(enrol.POST, proof, 'POST', '/enrol', { json: wish });
    expect(enrolled.status).toBe(201);
    expect(EnrolAnswer.parse(enrolled.json)).toMatchObject({ class: 'official', labels: ['engine:wasm', 'jail'] });
    expect((await call(enrol.POST, proof, 'POST', '/enrol', { json: wish })).status).toBe(410);
    expect((await call(enrol.POST, proof, 'POST', '/enrol', { json: { ...wish, code: 'made up' } })).status).toBe(403);

    const me = { id: enrolled.json.runner, privateKey: keys.privateKey };
    const held = await leased(me);
    expect(held.answer).toMatchObject({
      attempt: 1,
      leaseSeconds: 30,
      engine: 'wasm',
      suite: { id: 'smoke-1' },
      module: { kind: 'filter', baseline: null },
    });
    const module = await call(modules.GET, me, 'GET', `/modules/${held.answer.module.sha256}`, {
      lease: held.token,
      params: { sha256: held.answer.module.sha256 },
    });
    expect(module.text).toContain('export default { filter');
    expect(Buffer.byteLength(module.text)).toBe(held.answer.module.bytes);
    const alive = await about(held, beat.POST, 'POST', '/heartbeat', {
      json: { phase: 'training', progress: 0.5 },
      by: me,
    });
    expect(HeartbeatAnswer.parse(alive.json)).toMatchObject({ cancel: false, drain: false });
    const logged = await about(held, log.PUT, 'PUT', '/log?offset=0', { bytes: Buffer.from('hello'), by: me });
    expect(logged.json).toEqual({ next: 5 });
    const state = await about(held, attempt.GET, 'GET', '', { by: me });
    expect(AttemptAnswer.parse(state.json)).toMatchObject({ live: true, state: 'leased' });

    const sealed = await queue.sealedBy({ ...runner, ...me }, resultOf(held));
    const accepted = await about(held, result.PUT, 'PUT', '/result', { json: sealed, by: me });
    expect([accepted.status, accepted.json]).toEqual([201, { verdict: 'accepted' }]);
    const replay = await about(held, result.PUT, 'PUT', '/result', { json: sealed, by: me });
    expect([replay.status, replay.json]).toEqual([200, { verdict: 'replay' }]);
    const other = await queue.sealedBy({ ...runner, ...me }, resultOf(held, { cleanAccuracy: 0.1 }));
    expect(await about(held, result.PUT, 'PUT', '/result', { json: other, by: me })).toMatchObject({
      status: 409,
      json: { code: 'conflict' },
    });
    expect(
      await about(held, beat.POST, 'POST', '/heartbeat', { json: { phase: '', progress: 1 }, by: me }),
    ).toMatchObject({
      status: 409,
      json: { code: 'lease-lost' },
    });
    await queue.setRunnerState(me.id, 'retired');
  });

  describe('an enrolment', () => {
    const wishFor = async (publicKey: string) => ({
      code: await createRunnerCode('chore', ['engine:wasm']),
      publicKey,
      name: 'a stranger',
      labels: ['engine:wasm'],
    });
    const enrolAs = (key: Key, json: unknown) => call(enrol.POST, key, 'POST', '/enrol', { json });

    it('is refused unless it is signed with the key that it brings: 401, and the code stays good', async () => {
      const keys = await newKeyPair();
      const other = await newKeyPair();
      const wish = await wishFor(keys.publicKey);
      const unsigned = await send(enrol.POST, 'POST', '/enrol', { body: Buffer.from(JSON.stringify(wish)) });
      expect(unsigned).toMatchObject({ status: 401, json: { detail: expect.stringContaining('not signed') } });
      for (const key of [
        { id: keys.publicKey, privateKey: other.privateKey },
        { id: other.publicKey, privateKey: other.privateKey },
        { id: runner.id, privateKey: runner.privateKey },
      ])
        expect(await enrolAs(key, wish)).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
      const own = { id: keys.publicKey, privateKey: keys.privateKey };
      expect((await enrolAs(own, wish)).status).toBe(201);
    });

    it('with the key of an official runner changes nothing: 401 by a stranger, 409 by that runner itself', async () => {
      const before = await findRunner(runner.id);
      const { publicKey } = before!;
      const stranger = await newKeyPair();
      const wish = await wishFor(publicKey);
      expect((await enrolAs({ id: publicKey, privateKey: stranger.privateKey }, wish)).status).toBe(401);
      const itself = await enrolAs({ id: publicKey, privateKey: runner.privateKey }, wish);
      expect(itself).toMatchObject({ status: 409, json: { code: 'conflict' } });
      expect(await findRunner(runner.id)).toEqual(before);
    });

    it('with a code for a community runner, made by an older version, is refused with a sentence: 403', async () => {
      const keys = await newKeyPair();
      const wish = await wishFor(keys.publicKey);
      await execute(sql`update runner_codes set class = 'community' where used_at is null`);
      const refused = await enrolAs({ id: keys.publicKey, privateKey: keys.privateKey }, wish);
      expect(refused).toMatchObject({ status: 403, json: { detail: expect.stringContaining('get no work') } });
    });

    it('spells a key in one way only, so that no key enrols twice', async () => {
      const keys = await newKeyPair();
      const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const place = last.indexOf(keys.publicKey.at(-1)!);
      const twin = keys.publicKey.slice(0, -1) + last[place + 1];
      const answer = await enrolAs({ id: twin, privateKey: keys.privateKey }, await wishFor(twin));
      expect(answer).toMatchObject({ status: 422, json: { detail: expect.stringContaining('canonical') } });
    });
  });

  it('answers 204 with a time to come back where there is nothing to do: soon on loopback', async () => {
    await queue.clearQueue();
    const nothing = await call(lease.POST, runner, 'POST', '/lease', { json: { leaseToken: queue.newToken() } });
    expect(nothing).toMatchObject({ status: 204, retryAfter: '1' });
  });

  describe('refuses with a problem', () => {
    const lacking = { leaseToken: 'short' };
    it('an unsigned call, a call by nobody, and one by another key: 401', async () => {
      const unsigned = await send(lease.POST, 'POST', '/lease', { body: new TextEncoder().encode('{}') });
      expect(unsigned).toMatchObject({
        status: 401,
        type: 'application/problem+json',
        json: { code: 'unauthenticated' },
      });
      const { privateKey } = await newKeyPair();
      for (const id of [runner.id, 'nobody', '00000000-0000-4000-8000-000000000000'])
        expect((await call(lease.POST, { id, privateKey }, 'POST', '/lease', { json: lacking })).status).toBe(401);
    });

    it('a signed call that was made before, to the last bit: 401', async () => {
      const body = new TextEncoder().encode(JSON.stringify({ leaseToken: queue.newToken() }));
      const headers = await signRequest({ method: 'POST', url: `${site}/lease`, body }, runner);
      expect((await send(lease.POST, 'POST', '/lease', { headers, body })).status).toBe(200);
      expect(await send(lease.POST, 'POST', '/lease', { headers, body })).toMatchObject({
        status: 401,
        json: { detail: expect.stringContaining('before') },
      });
    });

    it('a call signed for another site: 401', async () => {
      const body = new TextEncoder().encode(JSON.stringify({ leaseToken: queue.newToken() }));
      const headers = await signRequest(
        { method: 'POST', url: 'https://other.example/api/runner/v1/lease', body },
        runner,
      );
      expect((await send(lease.POST, 'POST', '/lease', { headers, body })).status).toBe(401);
    });

    it.each(['quarantined', 'retired'] as const)('a %s runner, whatever it says: 403', async (state) => {
      const bad = await queue.makeRunner();
      const held = await leased(bad);
      await queue.setRunnerState(bad.id, state);
      const refused = { status: 403, json: { code: state } };
      expect(await call(lease.POST, bad, 'POST', '/lease', { json: { leaseToken: queue.newToken() } })).toMatchObject(
        refused,
      );
      const heard = { json: { phase: '', progress: 0 }, by: bad };
      expect(await about(held, beat.POST, 'POST', '/heartbeat', heard)).toMatchObject(refused);
      const sealed = await queue.sealedBy(bad, resultOf(held));
      expect(await about(held, result.PUT, 'PUT', '/result', { json: sealed, by: bad })).toMatchObject(refused);
      expect(await queue.jobState(held.answer.job)).toMatchObject({ state: 'leased', results: 0 });
    });

    it('a module that no lease of the runner names: 404; no lease token: 400', async () => {
      const held = await leased();
      const other = `sha256:${'0'.repeat(64)}`;
      expect(
        (await call(modules.GET, runner, 'GET', `/modules/${other}`, { lease: held.token, params: { sha256: other } }))
          .status,
      ).toBe(404);
      const sha256 = held.answer.module.sha256;
      expect(
        (await call(modules.GET, runner, 'GET', `/modules/${sha256}`, { lease: queue.newToken(), params: { sha256 } }))
          .status,
      ).toBe(404);
      expect((await call(modules.GET, runner, 'GET', `/modules/${sha256}`, { params: { sha256 } })).status).toBe(400);
    });

    it('what is too large or misshapen: 413, 400, 422', async () => {
      const held = await leased();
      const own = resultOf(held);
      const large = { ...own, engine: { ...own.engine, cpu: 'x'.repeat(5_000_000) } };
      expect((await post(held, await sealAnything(runner, large))).status).toBe(413);
      expect((await about(held, log.PUT, 'PUT', '/log?offset=0', { bytes: new Uint8Array(65_537) })).status).toBe(413);
      expect((await about(held, log.PUT, 'PUT', '/log?offset=-1', { bytes: Buffer.from('x') })).status).toBe(400);
      expect((await about(held, log.PUT, 'PUT', '/log?offset=3', { bytes: Buffer.from('x') })).status).toBe(409);
      expect((await about(held, beat.POST, 'POST', '/heartbeat', { bytes: Buffer.from('{') })).status).toBe(400);
      expect((await about(held, beat.POST, 'POST', '/heartbeat', { json: { phase: '', progress: 2 } })).status).toBe(
        422,
      );
      expect(
        (await about(held, fail.POST, 'POST', '/fail', { json: { class: 'module', code: 'no-data', detail: '' } }))
          .status,
      ).toBe(422);
      expect(
        (
          await call(attempt.GET, runner, 'GET', '/jobs/x/attempts/1', {
            lease: held.token,
            params: { job: 'x', attempt: '1' },
          })
        ).status,
      ).toBe(404);
    });
  });

  it('lets a draining runner finish what it has, and gives it nothing more', async () => {
    const tired = await queue.makeRunner();
    const held = await leased(tired);
    await queue.setRunnerState(tired.id, 'draining');
    const again = await call(lease.POST, tired, 'POST', '/lease', { json: { leaseToken: held.token } });
    expect(again).toMatchObject({ status: 200, json: { job: held.answer.job } });
    const more = await call(lease.POST, tired, 'POST', '/lease', { json: { leaseToken: queue.newToken() } });
    expect(more).toMatchObject({ status: 204, retryAfter: '60' });
    const alive = await about(held, beat.POST, 'POST', '/heartbeat', { json: { phase: '', progress: 0 }, by: tired });
    expect(alive).toMatchObject({ status: 200, json: { drain: true } });
    const sealed = await queue.sealedBy(tired, resultOf(held));
    expect((await about(held, result.PUT, 'PUT', '/result', { json: sealed, by: tired })).status).toBe(201);
  });

  it('takes a failure of our side: the job goes back with a strike', async () => {
    const held = await leased();
    const failed = await about(held, fail.POST, 'POST', '/fail', {
      json: { class: 'infra', code: 'jail-broke', detail: 'bwrap is gone' },
    });
    expect(failed).toMatchObject({ status: 200, json: { state: 'queued' } });
    expect(await queue.jobState(held.answer.job)).toMatchObject({ state: 'queued', strikes: 1 });
  });

  describe('I16: answers 422 to a result that cannot be believed, keeps the lease, and stores nothing', () => {
    const first = (r: JobResult, change: Record<string, unknown>): JobResult => ({
      ...r,
      trials: [{ ...r.trials[0]!, ...change }, ...r.trials.slice(1)],
    });
    const last = (r: JobResult, change: Record<string, unknown>): JobResult => ({
      ...r,
      trials: [...r.trials.slice(0, -1), { ...r.trials.at(-1)!, ...change }],
    });
    const broken: [string, (r: JobResult) => unknown][] = [
      ['a metric that applies and is missing', (r) => first(r, { cleanAccuracy: null })],
      ['a missing robust accuracy under attack', (r) => last(r, { robustAccuracy: null })],
      ['a metric that does not apply', (r) => first(r, { attackSuccess: 0 })],
      ['a number over 1', (r) => first(r, { cleanAccuracy: 1.01 })],
      ['an infinite number', (r) => first(r, { seconds: Number.POSITIVE_INFINITY })],
      ['recalls of other classes than the data set has', (r) => first(r, { recalls: [0.5] })],
      ['a time that no training takes', (r) => first(r, { seconds: 1e300, undefendedSeconds: 1e-300 })],
      ['no number at all', (r) => first(r, { seconds: Number.NaN })],
      ['a trial too few', (r) => ({ ...r, trials: r.trials.slice(1) })],
      ['a trial twice', (r) => ({ ...r, trials: [...r.trials, r.trials[0]] })],
      ['a failed trial with numbers', (r) => first(r, { outcome: 'threw', detail: 'It threw.' })],
      ['a failed trial without a reason', (r) => first(r, { outcome: 'threw', cleanAccuracy: null })],
      ['another attempt', (r) => ({ ...r, attempt: 2 })],
      ['another harness', (r) => ({ ...r, harness: { ...r.harness, digest: `sha256:${'d'.repeat(64)}` } })],
      ['another module', (r) => ({ ...r, module: { ...r.module, sha256: `sha256:${'d'.repeat(64)}` } })],
      ['another engine', (r) => ({ ...r, engine: { ...r.engine, backend: 'tensorflow' } })],
      ['somebody else’s module without a jail', (r) => ({ ...r, jailed: false })],
      ['a field that nobody knows', (r) => ({ ...r, score: 1 })],
      ['lists within lists without end', (r) => ({ ...r, jail: nested(20_000) })],
    ];
    it.each(broken)('%s', async (_, change) => {
      const held = await leased();
      const refused = await post(held, await sealAnything(runner, change(resultOf(held))));
      expect(refused).toMatchObject({ status: 422, type: 'application/problem+json' });
      expect(await queue.jobState(held.answer.job)).toMatchObject({ state: 'leased', results: 0 });
      expect((await post(held, await queue.sealedBy(runner, resultOf(held)))).status).toBe(201);
    });

    it('an envelope that another key sealed', async () => {
      const held = await leased();
      const other = await queue.makeRunner();
      expect((await post(held, await queue.sealedBy({ ...other, id: runner.id }, resultOf(held)))).status).toBe(422);
      expect((await post(held, await queue.sealedBy(other, resultOf(held)))).status).toBe(422);
    });

    it('but takes a baseline that ran without a jail, marked so', async () => {
      await queue.clearQueue();
      const ours = await queue.makeSubmission(owner, { baseline: 'clip-only' });
      await requestEvaluation({ submissionId: ours, suiteId: 'smoke-1', requestedBy: null });
      const held = await leased();
      expect(held.answer.module.baseline).toBe('clip-only');
      expect((await post(held, await queue.sealedBy(runner, resultOf(held, { jailed: false })))).status).toBe(201);
    });
  });

  it('refuses the result of an attempt that was superseded: 409 stale', async () => {
    const held = await leased();
    await queue.expire(held.answer.job);
    const second = await queue.makeRunner();
    await leased(second);
    expect(await post(held, await queue.sealedBy(runner, resultOf(held)))).toMatchObject({
      status: 409,
      json: { code: 'stale' },
    });
    expect(await execute(sql`select 1 from results where job_id = ${held.answer.job}::uuid`)).toEqual([]);
  });
});

/** As text: to write so deep a value as JSON takes more stack than there is. */
const nested = (depth: number) => `#${'['.repeat(depth)}${']'.repeat(depth)}#`;

/** Seals what `sealResult` would refuse to seal, as a runner that means ill could. */
async function sealAnything(runner: queue.TestRunner, value: unknown): Promise<ResultEnvelope> {
  const { base64, sign } = await import('../../lib/contract/ed25519.ts');
  const payloadType = 'application/vnd.antidote.result+json' as const;
  const text = JSON.stringify(value, (_, number) =>
    typeof number === 'number' && !Number.isFinite(number) ? `#${number}#` : number,
  );
  const payload = new TextEncoder().encode(
    text.replace(/"#([-\w[\]]+)#"/g, (_, word) => (/^(NaN|\[.*)$/.test(word) ? word : '1e999')),
  );
  const head = new TextEncoder().encode(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `);
  const sig = base64(await sign(runner.privateKey, Buffer.concat([head, payload])));
  return { payloadType, payload: base64(payload), signatures: [{ keyid: runner.id, sig }] };
}
