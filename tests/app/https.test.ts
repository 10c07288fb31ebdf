import { NextRequest } from 'next/server';
import { afterEach, describe, expect, it } from 'vitest';
import { GET as suiteOf } from '../../app/api/v1/suites/[suite]/route.ts';
import { GET as suites } from '../../app/api/v1/suites/route.ts';
import { env } from '../../lib/env.ts';
import { proxy } from '../../proxy.ts';
import { ask } from '../support/ask.ts';

const before = env().NEXTAUTH_URL;
afterEach(() => {
  env().NEXTAUTH_URL = before;
});

/** What a page, an answer and a refusal say of http. */
const said = async () => {
  const page = await proxy(new NextRequest('http://localhost:3000/'));
  const answers = [page, await ask(suites, '/'), await ask(suiteOf, '/', { params: { suite: 'nope' } })];
  return answers.map(({ status, headers }) => [status, headers.get('strict-transport-security')]);
};

describe('a site', () => {
  it('whose address is https tells browsers to use no http, whatever its proxy speaks to it', async () => {
    env().NEXTAUTH_URL = 'https://antidote.example';
    const year = 'max-age=31536000';
    expect(await said()).toEqual([
      [200, year],
      [200, year],
      [404, year],
    ]);
  });

  it('by http says nothing of the kind', async () => {
    for (const address of [undefined, 'http://antidote.example']) {
      env().NEXTAUTH_URL = address;
      expect((await said()).map(([, header]) => header)).toEqual([null, null, null]);
    }
  });
});
