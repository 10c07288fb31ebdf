import { expect, it } from 'vitest';
import { pageRefusal } from '../../lib/page-request.ts';

const own = 'http://localhost:3000';
const form = 'multipart/form-data; boundary=x';
const refused = (method: string, headers: Record<string, string> = {}) =>
  pageRefusal({ method, headers: new Headers(headers) })?.status ?? null;

it.each(['GET', 'HEAD', 'OPTIONS'])('a page takes %s from anywhere', (method) =>
  expect(refused(method, { origin: 'https://elsewhere.example' })).toBeNull(),
);

it('a form of one of the site’s own pages is taken', () => {
  expect(refused('POST', { origin: own, 'content-type': form, 'content-length': '1048576' })).toBeNull();
  expect(refused('POST', { 'sec-fetch-site': 'same-origin' })).toBeNull();
});

it.each([
  [{ origin: 'https://elsewhere.example' }, 403],
  [{ origin: own, 'sec-fetch-site': 'same-site' }, 403],
  [{ origin: 'null' }, 403],
  [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
  [{ origin: 'nowhere' }, 403],
  [{}, 403],
  [{ origin: own, 'content-type': 'multipart/form-data' }, 400],
  [{ origin: own, 'content-length': '1048577' }, 413],
])('a form with %j is %d', (headers, status) => expect(refused('POST', headers)).toBe(status));

it.each(['PUT', 'PATCH', 'DELETE'])('no page takes %s', (method) => expect(refused(method, { origin: own })).toBe(405));
