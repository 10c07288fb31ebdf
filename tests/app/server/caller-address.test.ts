import { expect, it } from 'vitest';
import { forwardedFor } from '../../../app/server/caller-address.ts';

it.each([
  ['127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['::ffff:172.18.0.2', '192.0.2.1, 198.51.100.7', '192.0.2.1, 198.51.100.7'],
  ['::1', '198.51.100.7', '198.51.100.7'],
  ['fd00::2', '198.51.100.7', '198.51.100.7'],
])('a proxy nearby (%s) says where a call comes from', (peer, header, told) =>
  expect(forwardedFor(header, peer)).toBe(told),
);

it.each([
  ['203.0.113.5', '127.0.0.1', '203.0.113.5'],
  ['::ffff:203.0.113.5', '127.0.0.1', '203.0.113.5'],
  ['2001:db8::5', '127.0.0.1', '2001:db8::5'],
  ['172.32.0.1', '127.0.0.1', '172.32.0.1'],
])('a stranger (%s) says nothing about it', (peer, header, told) => expect(forwardedFor(header, peer)).toBe(told));

it('a call without the header comes from its peer', () =>
  expect(forwardedFor(undefined, '::ffff:127.0.0.1')).toBe('127.0.0.1'));
