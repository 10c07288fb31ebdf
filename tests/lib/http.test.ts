import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../lib/errors.ts';
import { body, bytesOf, guarded } from '../../lib/http.ts';

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

  it('has an end: at the limit it passes, a byte more is 413, whatever length was announced', async () => {
    expect((await bytesOf(post('x'.repeat(10)), 10)).length).toBe(10);
    await expect(bytesOf(post('x'.repeat(11)), 10)).rejects.toMatchObject({ code: 'too-large', status: 413 });
    await expect(bytesOf(post('x', { 'content-length': '999' }), 10)).rejects.toMatchObject({ status: 413 });
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
