import { describe, expect, test, vi } from 'vitest';
import { boardViewOf } from '../../../app/server/board-view.ts';

const host = 'board.example';
const ask = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  boardViewOf({ method, url, headers: { host, 'accept-encoding': 'gzip, br', ...headers } }, host);

describe('a request for a view of the board', () => {
  test.each([
    ['/', '/'],
    ['/suites/core-1', '/suites/core-1'],
    ['/suites/core-1?sort=mean&baselines=hide', '/suites/core-1?sort=mean&baselines=hide'],
    ['/api/v1/suites/core-1/standings', '/api/v1/suites/core-1/standings'],
    ['/api/v1/suites/core-1/standings.csv?detail=scenarios', '/api/v1/suites/core-1/standings.csv?detail=scenarios'],
    ['/suites/core-1?kind=filter&columns=mean.cost', '/suites/core-1?kind=filter&columns=mean.cost'],
    ['/findings', '/findings'],
    ['/api/v1/suites/core-1/standings?sort=cost', '/api/v1/suites/core-1/standings?sort=cost'],
    ['/api/v1/suites/core-1/standings.parquet?kind=filter', '/api/v1/suites/core-1/standings.parquet?kind=filter'],
    ['/api/v1/suites/core-1/standings.csv?sort=no-such&direction=sideways', '/api/v1/suites/core-1/standings.csv'],
  ])('%s is one view for everybody', (url, path) => {
    expect(ask(url)).toEqual({ path, theme: null });
    expect(ask(url, {}, 'HEAD')).toEqual({ path, theme: null });
  });

  test.each(['gzip', 'GZIP', 'br;q=1, gzip;q=0.5', 'deflate,gzip ; q=1.0'])('takes gzip where it says %s', (said) =>
    expect(ask('/', { 'accept-encoding': said })).not.toBeNull(),
  );

  test('takes an address apart once, and finds it again after many others', () => {
    ask('/suites/core-1?sort=gain');
    const written = vi.spyOn(URLSearchParams.prototype, 'toString'); // as the view's own address is
    expect(ask('/suites/core-1?sort=gain')?.path).toBe('/suites/core-1?sort=gain');
    expect(written).not.toHaveBeenCalled();
    for (let n = 0; n < 3000; n++) expect(ask(`/suites/core-1?search=${n}`)).toBeNull();
    expect(ask('/suites/core-1?sort=gain')?.path).toBe('/suites/core-1?sort=gain');
    written.mockRestore();
  });

  test('has the theme of its cookie, and no other text of a cookie', () => {
    expect(ask('/', { cookie: 'theme=dark' })?.theme).toBe('dark');
    expect(ask('/', { cookie: 'a=b; theme=light' })?.theme).toBe('light');
    expect(ask('/', { cookie: 'theme=<script>' })?.theme).toBeNull();
  });

  test.each([
    ['of somebody who is signed in', '/', { cookie: 'next-auth.session-token=x' }],
    ['of somebody who is signed in over https', '/', { cookie: '__Secure-next-auth.session-token.0=x' }],
    ['with a token', '/api/v1/suites/core-1/standings', { authorization: 'Bearer x' }],
    ['to another name of this machine', '/', { host: 'evil.example' }],
    ['of the router for a part of a page', '/', { rsc: '1' }],
    ['without gzip', '/', { 'accept-encoding': 'identity' }],
    ['that refuses gzip', '/', { 'accept-encoding': 'br, gzip;q=0' }],
    ['that refuses gzip at length', '/', { 'accept-encoding': 'GZIP ; q=0.000' }],
    ['with a second question mark', '/suites/core-1?sort=mean?x', {}],
    ['for a suite that there is not', '/suites/none-9', {}],
    ['for another page', '/paper', {}],
    ['for the findings with a query', '/findings?sort=mean', {}],
    ['with a key that no board knows', '/suites/core-1?x=1', {}],
    ['with a key twice', '/suites/core-1?sort=mean&sort=worst', {}],
    ['by another address than the view’s own', '/suites/core-1?sort=cost&direction=asc&detail=families', {}],
    ['that searches, of which there are any number', '/suites/core-1?search=x', {}],
    ['for a document that searches', '/api/v1/suites/core-1/standings.csv?search=x', {}],
    ['with a value that no board knows', '/suites/core-1?sort=%3Cscript%3E', {}],
  ])('%s is rendered for that request alone', (_, url, headers) => expect(ask(url, headers)).toBeNull());

  test('that would change something is never answered from the cache', () => expect(ask('/', {}, 'POST')).toBeNull());
});
