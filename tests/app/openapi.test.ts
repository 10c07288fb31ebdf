import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GET as health } from '../../app/api/v1/health/route.ts';
import { GET as suiteOf } from '../../app/api/v1/suites/[suite]/route.ts';
import { GET as standingsOf } from '../../app/api/v1/suites/[suite]/standings/route.ts';
import { GET as suites } from '../../app/api/v1/suites/route.ts';
import { checkAnswer } from '../../lib/api/check-answer.ts';
import { openApi } from '../../lib/api/openapi.ts';
import { type Route, routes } from '../../lib/api/routes.ts';
import { Health, StandingsJson, SuiteJson, SuiteList } from '../../lib/contract/api.ts';
import { ask, verdictOf } from '../support/ask.ts';
import { onPglite } from '../support/pglite.ts';

onPglite();

const document = openApi();

describe('the table of routes', () => {
  it('has every endpoint under app/api, by method, and no other', async () => {
    const files = readdirSync('app/api', { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('route.ts') && !path.includes('nextauth') && path !== '[...path]/route.ts');
    const there = await Promise.all(
      files.map(async (file) => {
        const path = file
          .replace(/\/route\.ts$/, '')
          .replace(/\[\.\.\.(\w+)\]/g, '{$1*}')
          .replace(/\[(\w+)\]/g, '{$1}');
        const methods = Object.keys(await import(`../../app/api/${file}`)).filter((method) => method !== 'HEAD');
        return methods.map((method) => `${method} /api/${path}`);
      }),
    );
    expect(there.flat().sort()).toEqual(Object.keys(routes).sort());
  });

  it('is what handlers are held to: another status, or another body, is refused in tests', async () => {
    const health = { ok: true, database: true, queue: null, runners: null, boards: null };
    await checkAnswer('GET /api/v1/health', Response.json(health));
    const wrong = [
      Response.json(health, { status: 418 }),
      Response.json({ ok: 1 }),
      Response.json({ ...health, x: 1 }),
    ];
    for (const answer of wrong) await expect(checkAnswer('GET /api/v1/health', answer)).rejects.toThrow(/table/);
  });
});

describe('the OpenAPI document', () => {
  it('has every published route, and no other', () => {
    const published = Object.entries<Route>(routes).flatMap(([name, route]) => (route.published ? [name] : []));
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'parameters')
        .map((method) => `${method.toUpperCase()} /api/v1${path}`),
    );
    expect(described.sort()).toEqual(published.map((name) => name.replace('*}', '}')).sort());
  });

  it('names no schema that it does not have', () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  it('names every status that any route may answer, and asks for no body where a form may be empty', () => {
    const operations = Object.values(document.paths).flatMap((methods) =>
      Object.entries(methods).flatMap(([method, operation]) => (method === 'parameters' ? [] : [operation])),
    );
    expect(operations.length).toBeGreaterThan(10);
    for (const operation of operations) expect(operation).toMatchObject({ responses: { 400: {}, 500: {}, 503: {} } });
    expect(document.paths['/device']).toMatchObject({ post: { requestBody: { required: false } } });
  });

  it('is of version 3.1', () => expect(document.openapi).toBe('3.1.0'));
});

describe('answers are as the document has them', () => {
  it('health', async () => {
    expect(Health.parse(await (await ask(health, '/api/v1/health')).json())).toEqual({
      ok: true,
      database: true,
      queue: { waiting: 0, leased: 0 },
      runners: 0,
      boards: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('suites', async () => {
    expect(SuiteList.parse(await (await ask(suites, '/api/v1/suites')).json()).items.map(({ id }) => id)).toContain(
      'smoke-1',
    );
    expect(
      SuiteJson.parse(await (await ask(suiteOf, '/api/v1/suites/smoke-1', { params: { suite: 'smoke-1' } })).json())
        .scenarios.length,
    ).toBe(4);
  });

  it('standings', async () => {
    expect(
      StandingsJson.parse(await (await ask(standingsOf, '/', { params: { suite: 'smoke-1' } })).json()),
    ).toMatchObject({ season: null, rows: [] });
  });

  it('an unknown suite is a problem that names the known ones', async () => {
    const answer = await ask(suiteOf, '/', { params: { suite: 'nope' } });
    expect(((await answer.clone().json()) as { detail: string }).detail).toContain('smoke-1');
    expect(await verdictOf(answer)).toEqual([404, 'not-found']);
  });
});
