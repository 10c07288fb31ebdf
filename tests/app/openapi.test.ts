import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GET as health } from '../../app/api/v1/health/route.ts';
import { GET as suiteOf } from '../../app/api/v1/suites/[suite]/route.ts';
import { GET as standingsOf } from '../../app/api/v1/suites/[suite]/standings/route.ts';
import { GET as suites } from '../../app/api/v1/suites/route.ts';
import { openApi } from '../../lib/api/openapi.ts';
import { Health, StandingsJson, SuiteJson, SuiteList } from '../../lib/contract/api.ts';
import { ask, verdictOf } from '../support/ask.ts';
import { onPglite } from '../support/pglite.ts';

onPglite();

const document = openApi();

describe('the OpenAPI document', () => {
  it('describes every endpoint that there is, and no other', () => {
    const there = readdirSync('app/api/v1', { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('route.ts'))
      .map((path) => `/${path.replace(/\/route\.ts$/, '').replace(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}')}`);
    expect(new Set(Object.keys(document.paths))).toEqual(new Set(there.filter((path) => path !== '/openapi.json')));
  });

  it('names no schema that it does not have', () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
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
