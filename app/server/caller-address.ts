import { BlockList } from 'node:net';

/** Where a proxy of this site may stand: its own machine, and private networks. */
const near = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  near.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  near.addSubnet(net, bits, 'ipv6');

/**
 * What X-Forwarded-For is to say of a call that came by a connection from `peer`: what a proxy nearby said, else the
 * peer itself. A stranger's own word is not believed, or limits by address would limit nobody.
 */
export function forwardedFor(header: string | undefined, peer: string): string {
  const address = peer.replace(/^::ffff:(?=\d+\.)/, ''); // IPv4 on a socket of both kinds
  return header !== undefined && near.check(address, address.includes(':') ? 'ipv6' : 'ipv4') ? header : address;
}
