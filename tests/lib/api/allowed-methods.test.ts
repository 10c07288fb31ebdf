import { expect, it } from 'vitest';
import { allowedMethods } from '../../../lib/api/allowed-methods.ts';
import { routes } from '../../../lib/api/routes.ts';

it('an endpoint takes the methods of the table, HEAD where there is GET, and OPTIONS', () => {
  for (const name of Object.keys(routes)) {
    const [method, path] = name.split(' ') as [string, string];
    const url = path.replace(/\{\w+\*\}/g, 'a/b.json').replace(/\{\w+\}/g, 'x-1.2');
    expect(allowedMethods(url), name).toContain(method);
    expect(allowedMethods(`${url}?a=/b`)).toEqual(allowedMethods(url));
  }
  expect(allowedMethods('/api/v1/suites')).toEqual(['GET', 'HEAD', 'OPTIONS']);
  expect(allowedMethods('/api/v1/device')).toEqual(['POST', 'OPTIONS']);
  expect(allowedMethods('/api/v1/suites/core-2/standings.csv')).toEqual(['GET', 'HEAD', 'OPTIONS']);
});

it('says nothing of other addresses', () => {
  for (const url of ['/', '/docs', '/api/v1/zz', '/api/v1/suites/core-2/standings_csv', '/api/auth/session', '/apis'])
    expect(allowedMethods(url)).toBeNull();
});
