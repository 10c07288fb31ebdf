import type { ServerOptions } from 'node:http';

/**
 * How long a request may take to arrive: who sends a header or a body byte by byte holds a connection no longer. Heads
 * of more than 16 KiB are answered 431 by Node.
 */
export const timeLimits: ServerOptions = {
  headersTimeout: 30_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5000,
  /** Longer than proxies keep a connection that nobody uses: else they send into one that just closed. */
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
};

/** More are not accepted: each holds a file descriptor and some kilobytes. */
export const mostConnections = 4096;

/**
 * So many requests of one connection may wait for their answers. Browsers and proxies send the next one when they have
 * the last answer; who sends thousands ahead has a file opened for each.
 */
export const mostUnanswered = 16;

/** What waits in no line: files. They are read as fast as they are taken, for minutes. */
export const isFile = (url: string) => /^\/(?:api\/v1\/suites\/[^/]+\/files\/|_next\/static\/)/.test(url);

/**
 * What is not put in line behind pages: cheap, or the word of a runner, whose lease is lost when it comes too late, or
 * a chore of the site's own machine.
 */
export const isUrgent = (url: string) => /^\/api\/(?:runner\/|chores\/|v1\/health$)/.test(url);

/** A name or an address, and a port: what browsers send. */
const hostName = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** No page asks for so many. Next's time grows with the square of a parameter that is repeated. */
const mostParameters = 64;

/**
 * What is wrong with the address that was asked for, as a clause, or null; `hosts` are the values of the headers Host.
 * Next answers some such requests with 500. Others it takes for another address than `isFile` and `isUrgent` see: a
 * path with `..` in it would wait in the wrong line. Browsers never send one.
 */
export function addressDefect(url: string, hosts: readonly string[]): string | null {
  const [host] = hosts;
  if (host === undefined || hosts.length > 1 || !hostName.test(host)) return 'The header Host is no name of a site';
  if (!url.startsWith('/')) return 'The address is no path of this site';
  const [path = '', ...query] = url.split('?');
  if (query.join('?').split('&').length > mostParameters)
    return `The address has more than ${mostParameters} parameters`;
  try {
    const decoded = decodeURIComponent(path);
    if (decoded.includes('\0')) return 'The address holds a NUL character';
    if (decoded.split(/[/\\]/).some((part) => part === '.' || part === '..'))
      return 'The address holds a step to another folder (. or ..)';
    return null;
  } catch {
    return 'The address is not in UTF-8';
  }
}
