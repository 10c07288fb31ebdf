import { expect, it } from 'vitest';
import { addressDefect, isFile, isUrgent } from '../../../app/server/request-limits.ts';

it.each([
  ['/', 'localhost:3000'],
  ['/suites/core-1?sort=mean', 'antidote.example'],
  ['/suites/%C3%A9', '[::1]:3000'],
  ['/api/v1/suites/core-1/files/a%2Fb', '127.0.0.1:3000'],
  ['/suites/..hidden/a..b/...', 'localhost:3000'],
  [`/suites/core-1?a=..&${'b=1&'.repeat(62)}`, 'localhost:3000'],
])('%s at %s is an address', (url, host) => expect(addressDefect(url, [host])).toBeNull());

it.each([
  ['/%ff', 'localhost', /UTF-8/],
  ['/%', 'localhost', /UTF-8/],
  ['/suites/%c3', 'localhost', /UTF-8/],
  ['/suites/%00', 'localhost', /NUL/],
  ['http://elsewhere.example/', 'localhost', /no path/],
  ['*', 'localhost', /no path/],
  ['/', undefined, /Host/],
  ['/', '', /Host/],
  ['/', 'a b', /Host/],
  ['/', 'localhost:3000/suites', /Host/],
  ['/', 'user@localhost', /Host/],
  ['/', '[::1', /Host/],
  ['/', '"><script>', /Host/],
  ['/', 'localhost:999999', /Host/],
])('%s at %s is none, and is told why', (url, host, reason) =>
  expect(addressDefect(url, host === undefined ? [] : [host])).toMatch(reason),
);

it.each([
  '/_next/static/../../suites/core-1',
  '/_next/static/%2e%2E/%2e%2e/suites/core-1',
  '/api/v1/suites/x/files/..%2f..%5c../docs',
  '/api/runner/..\\..\\docs',
  '/./docs',
  '/docs/..',
])('%s waits in no line that is meant for another path: it is refused', (url) =>
  expect(addressDefect(url, ['localhost'])).toMatch(/another folder/),
);

it('so many parameters that reading them takes seconds are refused', () =>
  expect(addressDefect(`/docs?${'a=1&'.repeat(64)}`, ['localhost'])).toMatch(/more than 64 parameters/));

it('of two names of a site none is believed', () =>
  expect(addressDefect('/', ['localhost', 'elsewhere.example'])).toMatch(/Host/));

it.each([
  ['/api/v1/health', true],
  ['/api/runner/v1/lease', true],
  ['/api/chores/audit', true],
  ['/', false],
  ['/api/v1/health?x', false],
  ['/api/v1/submissions', false],
  ['/suites/core-1', false],
  ['/x/api/runner/', false],
])('%s does not wait behind pages: %s', (url, urgent) => expect(isUrgent(url)).toBe(urgent));

it.each([
  ['/api/v1/suites/core-1/files/manifest.json', true],
  ['/_next/static/chunks/x.js', true],
  ['/api/v1/health', false],
  ['/api/v1/suites/core-1', false],
  ['/suites/core-1', false],
])('%s is a file, and waits in no line: %s', (url, file) => expect(isFile(url)).toBe(file));
