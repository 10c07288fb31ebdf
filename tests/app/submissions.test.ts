import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as module from '../../app/api/v1/submissions/[submission]/module/route.ts';
import * as one from '../../app/api/v1/submissions/[submission]/route.ts';
import * as withdrawal from '../../app/api/v1/submissions/[submission]/withdraw/route.ts';
import * as many from '../../app/api/v1/submissions/route.ts';
import * as board from '../../app/api/v1/suites/[suite]/standings/route.ts';
import { submitDefense } from '../../app/submissions/new/actions.ts';
import type { Draft } from '../../app/submissions/new/draft.ts';
import { StandingsJson, SubmissionJson } from '../../lib/contract/api.ts';
import { Card } from '../../lib/contract/card.ts';
import { SubmissionRequest } from '../../lib/contract/submission-request.ts';
import { codeOf } from '../../lib/db/code-and-logs.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { finishJob } from '../../lib/db/results.ts';
import { requireSubmissionView } from '../../lib/db/submission-view.ts';
import { withdrawnSubmissions } from '../../lib/db/submissions.ts';
import { submit as submitAs } from '../../lib/db/submit.ts';
import { createToken } from '../../lib/db/tokens.ts';
import { deleteAccount, findUser, userOf } from '../../lib/db/users.ts';
import { reportOf } from '../../lib/scoring/write-report.ts';
import type { SignedIn, Viewer } from '../../lib/viewer.ts';
import { ask, origin, verdictOf } from '../support/ask.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

const cookie = vi.hoisted(() => ({ viewer: null as Viewer }));
vi.mock('../../lib/auth.ts', () => ({ currentViewer: async () => cookie.viewer }));

onPglite();

const shape = readFileSync('runner/defenses/examples/shape.mjs', 'utf8');
let serial = 0;
const fresh = () => `${shape}// ${++serial}\n`;

describe('submissions', () => {
  let ada: SignedIn;
  let bob: SignedIn;
  let token: string;
  let bobsToken: string;
  beforeAll(async () => {
    const someone = async (subject: string) =>
      (await findUser(await userOf({ provider: 'github', subject, name: subject, email: null })))!;
    [ada, bob] = [await someone('ada'), await someone('bob')];
    [token, bobsToken] = [
      await createToken(ada, { name: 't', scopes: ['submit', 'read'], days: 1 }),
      await createToken(bob, { name: 't', scopes: ['submit', 'read'], days: 1 }),
    ];
  });
  beforeEach(async () => {
    cookie.viewer = null;
    await queue.clearQueue();
    await execute(sql`update submissions set withdrawn_at = now() where withdrawn_at is null`); // so that a test sees its own rows alone
  });

  const post = (json: unknown, by: string | undefined = token, headers = {}) =>
    ask(many.POST, '/api/v1/submissions', { json, ...(by && { token: by }), headers });
  const request = (code: string, more = {}) => ({ name: 'A defense', suite: 'smoke-1', code, card: {}, ...more });
  const submit = async (code = fresh(), more = {}) =>
    SubmissionJson.parse(await (await post(request(code, more))).json());
  const show = async (id: string, by?: string) =>
    ask(one.GET, `/api/v1/submissions/${id}`, { params: { submission: id }, ...(by && { token: by }) });
  const withdraw = (id: string, by?: string) =>
    ask(withdrawal.POST, `/api/v1/submissions/${id}/withdraw`, {
      json: { reason: 'a mistake' },
      params: { submission: id },
      ...(by && { token: by }),
    });
  const rows = async () =>
    StandingsJson.parse(
      await (await ask(board.GET, '/api/v1/suites/smoke-1/standings', { params: { suite: 'smoke-1' } })).json(),
    ).rows;
  const evaluate = async (script: Parameters<typeof queue.resultFor>[1] = {}) => {
    const runner = await queue.makeRunner();
    for (;;) {
      const lease = queue.newToken();
      const leased = await leaseJob({ id: runner.id, labels: runner.leaseLabels }, lease);
      if (!leased) return;
      const result = queue.resultFor(leased, script);
      await finishJob(queue.fenceOf(runner, leased, lease), result, await queue.sealedBy(runner, result), leased.job);
    }
  };

  it('are answered as the schema has it, and stand on the board at once', async () => {
    const answer = await post(request(fresh(), { name: 'Median clip' }));
    expect(answer.status).toBe(201);
    const submission = SubmissionJson.parse(await answer.json());
    expect(submission).toMatchObject({
      name: 'Median clip',
      author: 'ada',
      kind: 'shape',
      state: 'queued',
      position: 1,
      trials: [],
      scores: null,
      baseline: null,
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/submissions/${submission.id}`);
    expect(await rows()).toMatchObject([{ submission: submission.id, state: 'queued', worst: null }]);
  });

  it('are one for the same module by the same owner, and two for two owners', async () => {
    const code = fresh();
    const first = await submit(code);
    const again = await post(request(code, { name: 'Another name' }));
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ id: first.id, name: 'A defense' });
    const other = (await (await post(request(code), bobsToken)).json()) as SubmissionJson;
    expect(other.id).not.toBe(first.id);
  });

  it('are made once by four equal requests at once', async () => {
    const code = fresh();
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(request(code))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as SubmissionJson).id));
    expect(new Set(ids).size).toBe(1);
  });

  it('are refused without a token, with a wrong one, and with one for something else', async () => {
    expect(await verdictOf(await post(request(fresh()), ''))).toEqual([401, 'unauthenticated']);
    expect(await verdictOf(await post(request(fresh()), `antidote_${'x'.repeat(38)}`))).toEqual([
      401,
      'unauthenticated',
    ]);
    for (const authorization of [token, `Basic ${token}`])
      expect(await verdictOf(await post(request(fresh()), '', { authorization }))).toEqual([401, 'unauthenticated']);
    const reading = await createToken(ada, { name: 'r', scopes: ['read'], days: 1 });
    expect(await verdictOf(await post(request(fresh()), reading))).toEqual([403, 'forbidden']);
  });

  it('are refused before anything is read where nobody asks', async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('the body was read')) });
    const asked = new Request(`${origin}/api/v1/submissions`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect((await many.POST(asked, { params: Promise.resolve({}) })).status).toBe(401);
  });

  it.each([
    ['a syntax error', 'export default { filter( { };', 422, 'module-refused'],
    ['an import', "import fs from 'node:fs';\nexport default { filter: () => fs };", 422, 'module-refused'],
    ['a NUL character', `${shape}// \0`, 422, 'invalid'],
    ['no default export', 'export const shape = 1;', 422, 'module-refused'],
    ['262,145 bytes', `${shape}//`.padEnd(262_145, 'x'), 413, 'too-large'],
    ['262,144 characters of two bytes each', `${shape}//`.padEnd(262_144, 'é'), 413, 'too-large'],
  ])('are refused with a sentence for %s', async (_, code, status, problem) => {
    const answer = await post(request(code));
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const { code: name, detail } = (await answer.json()) as { code: string; detail: string };
    expect([answer.status, name]).toEqual([status, problem]);
    expect(detail).toMatch(/^.{20,300}\.$/s);
    expect(await rows()).toEqual([]);
  });

  it('take a module of exactly 262,144 bytes, however JSON has to write it', async () => {
    const code = `${shape}/*`.padEnd(262_142, '\u0001');
    expect((await post(request(`${code}*/`))).status).toBe(201);
  });

  it('refuse a body that is much too large before it has all come', async () => {
    let sent = 0;
    const chunk = new Uint8Array(65_536).fill(120);
    const body = new ReadableStream({
      pull(controller) {
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const asked = new Request(`${origin}/api/v1/submissions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(await verdictOf(await many.POST(asked, { params: Promise.resolve({}) }))).toEqual([413, 'too-large']);
    expect(sent).toBeLessThan(2_500_000);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no object', '[]', 422],
    ['an unknown suite', JSON.stringify(request(shape, { suite: 'nope' })), 422],
    ['no name', JSON.stringify(request(shape, { name: '  ' })), 422],
    ['a name of invisible characters', JSON.stringify(request(shape, { name: '\u202e\u200b' })), 422],
    ['a name of ours', JSON.stringify(request(shape, { name: 'no-defense' })), 422],
    ['a name that means no value', JSON.stringify(request(shape, { name: 'NA' })), 422],
    ['a misspelt field', JSON.stringify(request(shape, { nmae: 'x' })), 422],
    [
      'a paper whose address has no end',
      JSON.stringify(request(shape, { card: { paper: `https://a.example/${'a'.repeat(3000)}` } })),
      422,
    ],
    ['a paper that is a script', JSON.stringify(request(shape, { card: { paper: 'javascript:alert(1)' } })), 422],
  ])('refuse %s', async (_, text, status) => {
    expect((await ask(many.POST, '/api/v1/submissions', { text, token })).status).toBe(status);
  });

  it('lose what steers a terminal or turns text around in name and card', async () => {
    const { name, card } = await submit(fresh(), {
      name: '\u001b[31mRed\u202e deR\u0007',
      card: {
        description: 'a\u001b]0;title\u0007b',
        authors: [{ name: '\u2066x' }],
        paper: 'https://a.\texample/\u202egpj.exe',
      },
    });
    expect([name, card.description, card.authors[0]?.name]).toEqual(['Red deR', 'ab', 'x']);
    expect(card.paper).toBe('https://a.example/%E2%80%AEgpj.exe');
  });

  it.each(['\u2800', '\u202e', `a${'\u0301\u0300'.repeat(9)}`])(
    'with an author whom people can’t read are refused: %j',
    (name) =>
      expect(
        submitAs(ada, SubmissionRequest.parse({ ...request(fresh()), card: { authors: [{ name }] } })),
      ).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(/^authors: /) }),
  );

  it('with a text that cannot be kept are refused, by a form too', async () => {
    for (const more of [{ code: `/* \0 */ ${fresh()}` }, { card: { license: 'MIT\ud800' } }])
      await expect(submitAs(ada, SubmissionRequest.parse({ ...request(fresh()), ...more }))).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(/holds a NUL character/),
      });
  });

  it('say of which author ORCID vouched, and refuse what is no ORCID iD', async () => {
    const orcid = '0000-0002-1825-0097';
    const grace = (await findUser(await userOf({ provider: 'orcid', subject: orcid, name: 'Grace', email: null })))!;
    const authors = [
      { name: 'Somebody', orcid: '0000-0001-5109-3700' },
      { name: 'Grace', orcid },
    ];
    const vouched = async (owner: SignedIn, more = {}) => {
      const sent = SubmissionRequest.parse({ ...request(fresh()), card: { authors }, ...more });
      const { id } = await submitAs(owner, sent);
      return ((await (await show(id)).json()) as SubmissionJson).vouchedOrcid;
    };
    expect(await vouched(grace)).toBe(orcid);
    expect(await vouched(ada)).toBeNull();
    expect(await vouched(grace, { card: { authors: authors.slice(0, 1) } })).toBeNull();
    expect(
      await vouched(grace, { anonymousUntil: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) }),
    ).toBeNull();
    const wrong = { authors: [{ name: 'Grace', orcid: '0000-0002-1825-0098' }] };
    const refused = await post(request(fresh(), { card: wrong }));
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining("authors: '0000-0002-1825-0098' is no ORCID iD"),
    ]);
  });

  it.each(['https://alice:secret@host.example/x', 'https://alice@host.example/x', 'https://:secret@host.example/'])(
    'whose paper’s address holds user data are refused, for everybody would read it: %s',
    async (paper) => {
      const sent = submitAs(ada, SubmissionRequest.parse({ ...request(fresh()), card: { paper } }));
      await expect(sent).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(/^card\.paper: .* before @host\.example, (?!.*secret)/),
      });
    },
  );

  it('by the form whose claim is no number are answered with what is wanted and came, and with all that was typed', async () => {
    cookie.viewer = ada;
    const form = new FormData();
    for (const [name, text] of Object.entries({ name: 'A defense', code: fresh(), epsilon: '1,5', delta: '1e-5' }))
      form.set(name, text);
    const { problem, draft } = await submitDefense({ problem: null, draft: {} as Draft }, form);
    expect(problem).toBe('Claimed ε: a number above 0 is wanted, such as 1.5; “1,5” came.');
    expect(draft).toMatchObject({ name: 'A defense', epsilon: '1,5' });
  });

  it('by cookie must come from our own pages', async () => {
    cookie.viewer = ada;
    expect((await post(request(fresh()), '', { origin })).status).toBe(201);
    expect((await post(request(fresh()), '', { origin, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await post(request(fresh()), '', { origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(201); // a page that hides its address
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${origin}.evil.example` },
      { origin, 'sec-fetch-site': 'same-site' },
    ])
      expect(await verdictOf(await post(request(fresh()), '', headers))).toEqual([403, 'forbidden']);
  });

  it('end at the quota, with the time of the next one; what was submitted before still answers', async () => {
    const eve = (await findUser(await userOf({ provider: 'github', subject: 'eve', name: 'eve', email: null })))!;
    const evesToken = await createToken(eve, { name: 't', scopes: ['submit'], days: 1 });
    const known = fresh();
    expect((await post(request(known), evesToken)).status).toBe(201);
    for (let n = 1; n < 30; n++) expect((await post(request(fresh()), evesToken)).status).toBe(201);
    const refused = await post(request(fresh()), evesToken);
    expect(refused.headers.get('retry-after')).toMatch(/^8\d{4}$/);
    expect(await verdictOf(refused)).toEqual([429, 'too-many']);
    expect((await post(request(known), evesToken)).status).toBe(200);
    await execute(
      sql`update jobs set state = 'dead', finished_at = now() where owner_id = ${eve.id}::uuid and module_sha256 in (select module_sha256 from submissions where owner_id = ${eve.id}::uuid limit 1)`,
    );
    expect((await post(request(fresh()), evesToken)).status).toBe(201); // what our side gave up is given back
  });

  it('count as uploads whatever becomes of them, and the sixty-first within ten minutes is refused unread', async () => {
    const zoe = (await findUser(await userOf({ provider: 'github', subject: 'zoe', name: 'zoe', email: null })))!;
    const zoes = await createToken(zoe, { name: 't', scopes: ['submit'], days: 1 });
    const texts = Array.from({ length: 60 }, () => ask(many.POST, '/api/v1/submissions', { text: '{', token: zoes }));
    for (const answer of await Promise.all(texts)) expect(answer.status).toBe(400);
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('the body was read')) });
    const headers = { authorization: `Bearer ${zoes}` };
    const asked = new Request(`${origin}/api/v1/submissions`, {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    const refused = await many.POST(asked, { params: Promise.resolve({}) });
    expect(refused.headers.get('retry-after')).toMatch(/^\d{1,3}$/);
    expect(await verdictOf(refused)).toEqual([429, 'too-many']);
    expect((await post(request(fresh()))).status, 'others go on').toBe(201);
  });

  it('show their code to nobody but owner and organizers until a trial is scored', async () => {
    const { id } = await submit();
    const organizer: SignedIn = { ...bob, role: 'organizer' };
    const readers = async () =>
      Promise.all([null, bob, ada, organizer].map(async (viewer) => (await codeOf(id, viewer)) !== null));
    expect(await readers()).toEqual([false, false, true, true]);
    await evaluate({ outcome: 'threw' });
    expect(await readers()).toEqual([false, false, true, true]);
    const scored = await submit();
    await evaluate();
    expect(await codeOf(scored.id, null)).toContain('shape(step)');
    const text = (submission: string) =>
      ask(module.GET, `/api/v1/submissions/${submission}/module`, { params: { submission } });
    const served = await text(scored.id);
    expect([served.status, await served.text()]).toEqual([200, await codeOf(scored.id, null)]);
    expect(await verdictOf(await text(id))).toEqual([404, 'not-found']);
  });

  it('bring what their author measured at home, which is held against the runner’s and never scored for the board', async () => {
    const code = fresh();
    const { id } = await submit(code);
    await evaluate();
    const { trials, engine, harness, module: ref } = SubmissionJson.parse(await (await show(id)).json());
    const run = {
      module: { ...ref, kind: 'shape' as const },
      harness: { version: '0.1.0', ...harness! },
      engine: engine!,
      jailed: true,
      trials,
    };
    const report = reportOf(queue.suite, run, { control: false, deterministic: true, embedsData: false });
    const better = {
      ...report,
      trials: trials.map((trial, place) => (place === 0 ? { ...trial, cleanAccuracy: 1 } : trial)),
    };
    const shown = async (brought: unknown) =>
      SubmissionJson.parse(await (await post(request(code, { report: brought }))).json());
    expect((await shown(report)).report).toMatchObject({ trials: 12, same: 12, engine: { backend: 'wasm' } });
    expect((await shown(better)).report).toMatchObject({ trials: 12, same: 11 });
    expect((await shown({ ...report, engine: { ...report.engine, backend: 'tensorflow' } })).report).toMatchObject({
      same: null,
    });
    expect((await shown(better)).scores).toEqual(report.scores);
    const scores = async () => (await requireSubmissionView(id, null)).ownRun?.scores;
    const computed = await scores();
    expect(await scores(), 'computed once for every poll').toBe(computed);
    await shown(report);
    expect(await scores(), 'computed anew for another report').not.toBe(computed);
    expect(await scores()).toEqual(report.scores);
    for (const [wrong, reason] of [
      [{ ...report, module: { ...report.module, sha256: `sha256:${'0'.repeat(64)}` } }, 'report: it is of module'],
      [{ ...report, suite: { ...report.suite, digest: `sha256:${'0'.repeat(64)}` } }, 'report: it is on smoke-1'],
      [{ ...report, trials: [trials[0], trials[0]] }, 'report: a trial comes twice'],
      [{ ...report, trials: [{ ...trials[0], recalls: [0.5] }] }, 'recalls of 1 classes'],
      [{ ...report, trials: [{ ...trials[0], seconds: 1e300 }] }, 'which no training takes'],
      [{ ...report, trials: [{ ...trials[0], seed: 77 }] }, 'is not one of smoke-1'],
    ] as const) {
      const answer = await post(request(code, { report: wrong }));
      expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
        422,
        expect.stringContaining(reason),
      ]);
    }
  });

  it('are withdrawn by owner or organizer alone; the row goes, the page stays with the reason, and the module can’t come back', async () => {
    const code = fresh();
    const { id } = await submit(code);
    expect(await verdictOf(await withdraw(id))).toEqual([401, 'unauthenticated']);
    expect(await verdictOf(await withdraw(id, bobsToken))).toEqual([403, 'forbidden']);
    expect((await rows()).length).toBe(1);
    const answer = await withdraw(id, token);
    expect(await answer.json()).toMatchObject({ state: 'withdrawn', withdrawn: { reason: 'a mistake' } });
    expect(await rows()).toEqual([]);
    expect(await (await show(id)).json()).toMatchObject({ state: 'withdrawn', name: 'A defense' });
    expect((await withdrawnSubmissions())[0]).toMatchObject({ id, name: 'A defense', withdrawnReason: 'a mistake' });
    expect((await withdraw(id, token)).status).toBe(200);
    expect(await verdictOf(await post(request(code)))).toEqual([409, 'conflict']);
  });

  it('of which the stored card says nothing are shown with the card’s defaults', async () => {
    const { id } = await submit();
    await execute(sql`update submissions set card = '{}'::jsonb where id = ${id}::uuid`);
    expect(await (await show(id)).json()).toMatchObject({ card: Card.parse({}) });
  });

  it('answer 304 while nothing has changed', async () => {
    const { id } = await submit();
    const etag = (await show(id)).headers.get('etag')!;
    const again = () =>
      ask(one.GET, `/api/v1/submissions/${id}`, { params: { submission: id }, headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await evaluate();
    expect((await again()).status).toBe(200);
  });

  it.each(['nope', '00000000-0000-4000-8000-000000000000', "' or 1=1 --", '../health'])(
    'that are none answer 404: %s',
    async (id) => {
      expect(await verdictOf(await show(id))).toEqual([404, 'not-found']);
    },
  );

  it('keep their scores and lose their author with the account', async () => {
    const tom = (await findUser(
      await userOf({ provider: 'github', subject: 'tom', name: 'Tom', email: 'tom@example.org' }),
    ))!;
    const tomsToken = await createToken(tom, { name: 't', scopes: ['submit'], days: 1 });
    const answer = await post(request(fresh(), { card: { authors: [{ name: 'Tom' }] } }), tomsToken);
    const { id } = (await answer.json()) as SubmissionJson;
    await deleteAccount(tom);
    expect(await (await show(id)).json()).toMatchObject({ author: 'withdrawn author', card: { authors: [] } });
    expect((await post(request(fresh()), tomsToken)).status).toBe(401);
    const [left] = await execute<{ name: string; email: string | null }>(
      sql`select name, email from users where id = ${tom.id}::uuid`,
    );
    expect(left).toEqual({ name: 'withdrawn author', email: null });
    expect(await userOf({ provider: 'github', subject: 'tom', name: 'Tom', email: null })).not.toBe(tom.id);
  });
});
