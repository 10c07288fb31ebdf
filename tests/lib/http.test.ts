import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { NotOpened } from '../../lib/db/outage.ts';
import { AppError } from '../../lib/errors.ts';
import { body, bytesOf, guarded, issueOf } from '../../lib/http.ts';

const at = 'http://localhost/x';
const context = { params: Promise.resolve({}) };
const answer = async (handler: Parameters<typeof guarded>[0], request = new Request(at)) => {
  const response = await guarded(handler)(request, context);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    cache: response.headers.get('cache-control'),
    json: await response.json(),
    response,
  };
};

describe('a route', () => {
  afterEach(() => vi.restoreAllMocks());

  it('tells the caller’s mistake as a problem, with its headers', async () => {
    const told = await answer(() => {
      throw new AppError('too-many', 'Slower, please.', { 'retry-after': '7' });
    });
    expect(told).toMatchObject({
      status: 429,
      type: 'application/problem+json',
      cache: 'no-store',
      json: { code: 'too-many', title: 'Too many', detail: 'Slower, please.' },
    });
    expect(told.response.headers.get('retry-after')).toBe('7');
  });

  it('tells nothing of our own mistakes but the id of a log line, which tells all', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const told = await answer(() => {
      throw new Error('the password is hunter2');
    });
    expect(told.status).toBe(500);
    expect(JSON.stringify(told.json)).not.toMatch(/hunter2|http\.test/);
    const [line] = log.mock.calls[0]!;
    const { id, path, error } = JSON.parse(line);
    expect(told.json.detail).toContain(id);
    expect(path).toBe('/x');
    expect(error).toMatch(/hunter2[\s\S]*http\.test/);
  });

  const failedQuery = (cause: Error) =>
    Object.assign(new Error("Failed query: insert into modules values ($1)\nparams: stranger's code", { cause }), {
      query: 'insert into modules values ($1)',
    });

  it('logs no query and no parameter of one that failed', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const told = await answer(() => {
      throw failedQuery(Object.assign(new Error('bad value'), { code: '22021' }));
    });
    expect(told.status).toBe(500);
    expect(log.mock.calls[0]![0]).toContain('22021');
    expect(log.mock.calls[0]![0]).not.toMatch(/insert|stranger/);
  });

  const away: [string, Error][] = [
    ...['53100', '57P01', '08006', '42501', 'XX000', '25006'].map((code): [string, Error] => [
      code,
      failedQuery(Object.assign(new Error('away'), { code })),
    ]),
    ['its folder is read-only', new NotOpened(Object.assign(new Error('EROFS, open db.lock'), { code: 'EROFS' }))],
    ['its driver has no word for it', new Error('A query failed: ErrnoError')],
    ['its connection was lost', new Error('a wrapper', { cause: new Error('read ECONNRESET') })],
  ];
  it.each(away)('answers 503 with Retry-After while the database is away: %s', async (_, error) => {
    const told = await answer(() => {
      throw error;
    });
    expect([told.status, told.response.headers.get('retry-after')]).toEqual([503, '5']);
  });

  it('sends no more of what it was sent back than a sentence needs', async () => {
    const told = await answer(() => {
      throw new AppError('invalid', `There is no suite '${'😀'.repeat(100_000)}'.`);
    });
    expect(told.json.detail.length).toBeLessThan(1100);
    expect(told.json.detail.isWellFormed()).toBe(true);
  });

  it('is not stored by anybody, unless it says so', async () => {
    expect((await answer(() => Response.json(1))).cache).toBe('no-store');
    expect((await answer(() => Response.json(1, { headers: { 'cache-control': 'max-age=5' } }))).cache).toBe(
      'max-age=5',
    );
  });
});

describe('a body', () => {
  const Shape = z.strictObject({ n: z.number() });
  const post = (content: BodyInit, headers = {}) => new Request(at, { method: 'POST', body: content, headers });
  const codeOf = (request: Request, limit?: number) =>
    body(request, Shape, limit).then(
      () => 'ok',
      (error: AppError) => error.code,
    );

  it('is JSON of the wanted shape, or a 400, or a 422', async () => {
    expect(await body(post('{"n": 1}'), Shape)).toEqual({ n: 1 });
    expect(await codeOf(post('{"n": '))).toBe('bad-request');
    expect(await codeOf(post(new Uint8Array([0x22, 0xff, 0x22])))).toBe('bad-request');
    expect(await codeOf(post(''))).toBe('bad-request');
    expect(await codeOf(post('{"n": "1"}'))).toBe('invalid');
    expect(await codeOf(post('{"n": 1, "m": 2}'))).toBe('invalid');
  });

  it('is refused unparsed where it is nested too deeply', async () => {
    expect(await codeOf(post('['.repeat(500_000)), 1_000_000)).toBe('bad-request');
    const told = await body(post('['.repeat(60_000)), Shape).catch((error: AppError) => error.message);
    expect(told).toBe('The body is nested too deeply.');
    expect(await codeOf(post(`{"n": 1, "m": ${JSON.stringify('[{'.repeat(500))}}`))).toBe('invalid');
  });

  it.each(['a\\u0000b', 'a\\ud800b'])(
    'with a text that can’t be kept is a 422 that names the field: %s',
    async (text) => {
      const Named = z.object({ about: z.object({ name: z.string() }) });
      const told = await body(post(`{"about": {"name": "${text}"}}`), Named).catch((error: AppError) => error);
      expect(told).toMatchObject({ status: 422, message: expect.stringMatching(/^about\.name: holds a NUL/) });
    },
  );

  it('has an end: at the limit it passes, a byte more is 413, whatever length was announced', async () => {
    expect((await bytesOf(post('x'.repeat(10)), 10)).length).toBe(10);
    await expect(bytesOf(post('x'.repeat(11)), 10)).rejects.toMatchObject({ code: 'too-large', status: 413 });
    await expect(bytesOf(post('x', { 'content-length': '999' }), 10)).rejects.toMatchObject({ status: 413 });
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) });
    const half = new Request('http://x/', { method: 'POST', body: broken, duplex: 'half' } as RequestInit);
    await expect(bytesOf(half, 10)).rejects.toMatchObject({ status: 400, message: 'The body broke off.' });
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    const request = new Request(at, { method: 'POST', body: endless, duplex: 'half' } as RequestInit);
    await expect(bytesOf(request, 10_000)).rejects.toMatchObject({ status: 413 });
    expect(sent).toBeLessThan(20_000);
  });
});

it.each([
  [{}, 'name: is missing; a string is wanted'],
  [{ name: 3 }, 'name: a string is wanted, and a number came'],
  [{ name: null }, 'name: a string is wanted, and null came'],
  [{ name: 'x', ids: {} }, 'ids: an array is wanted, and an object came'],
  [{ name: 'x', ids: [0.5] }, 'ids.0: a whole number is wanted, and another came'],
  [[], 'an object is wanted, and an array came'],
])('says of %j what was wanted and what came', (value, words) => {
  const schema = z.object({ name: z.string(), ids: z.array(z.int()).default([]) });
  expect(issueOf(schema.safeParse(value).error!)).toBe(words);
});
