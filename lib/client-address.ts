/**
 * The address that a call comes from, as the nearest proxy saw it: the last one in X-Forwarded-For, which `app/server`
 * sets. Without the port that some proxies write behind it: each connection has another. Of IPv6 the network, its first
 * 64 bits: whoever has one address there has all of them. Under `next start` without a proxy a caller may send that
 * header, so an address limits the careless and no more; what must hold against everybody has a limit of its own beside
 * it.
 */
export function clientAddress(headers: Pick<Headers, 'get'>): string {
  const told = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown';
  const address = told.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[([^\]]*)\](?::\d+)?$/, '$1');
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (text = '') => text.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...groups(tail)];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
