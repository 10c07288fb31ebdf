import { expect, it } from 'vitest';
import { clientAddress } from '../../lib/client-address.ts';

const of = (header?: string) => clientAddress(new Headers(header === undefined ? {} : { 'x-forwarded-for': header }));

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['127.0.0.1, 192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['192.0.2.1:50123', '192.0.2.1'],
])('%s is the address %s: the last one, which the nearest proxy saw', (header, address) =>
  expect(of(header)).toBe(address),
);

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['2001:db8:1::', '2001:db8:1:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['[2001:db8::6]:50123', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('of IPv6 the network counts: %s is %s', (header, network) => expect(of(header)).toBe(network));

it('without the header it is unknown', () => expect(of()).toBe('unknown'));
