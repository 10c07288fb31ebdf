import { env } from './env.ts';
import { AppError } from './errors.ts';

/** Whether the site listens on this machine's loopback alone. */
export function isOnLoopback(): boolean {
  const { HOST, VERCEL } = env();
  return !VERCEL && (HOST === 'localhost' || HOST === '::1' || /^127(\.\d{1,3}){3}$/.test(HOST));
}

/** The address under which people know the site; the first of those that it answers to. */
export const siteOrigin = () => ownOrigins()[0]!;

/** Whether people reach the site by https. A proxy may speak http to this process. */
export const isHttps = () => siteOrigin().startsWith('https://');

/** What https answers carry: for a year, browsers use no http. Empty on a site by http. */
export const transportSecurity = (): Record<string, string> =>
  isHttps() ? { 'strict-transport-security': 'max-age=31536000' } : {};

/**
 * NEXTAUTH_URL's, and on loopback each of loopback's own names. Any other name that leads here is not ours: it may be a
 * page of somebody else's.
 */
export function ownOrigins(): string[] {
  const { NEXTAUTH_URL, PORT } = env();
  const named = NEXTAUTH_URL ? [new URL(NEXTAUTH_URL).origin] : [];
  const local = isOnLoopback()
    ? ['localhost', '127.0.0.1', '[::1]'].map((host) => new URL(`http://${host}:${PORT}`).origin)
    : [];
  return [...new Set([...named, ...local, `http://localhost:${PORT}`])];
}

/** The site's address under the name that the caller used, where that is one of its own. */
export const ownOriginAt = (host: string | null): string | undefined =>
  ownOrigins().find((origin) => new URL(origin).host === host?.toLowerCase());

/**
 * Throws unless the Host header names this site: a page elsewhere whose name was pointed at this machine gets nothing.
 */
export function requireOwnHost(headers: Headers): void {
  if (!ownOriginAt(headers.get('host'))) throw new AppError('forbidden', 'The Host header is not this site’s own.');
}

/**
 * Throws unless the browser says that the call comes from a page of this site. For calls with a cookie; a token proves
 * enough by itself. A page without a referrer policy of its own sends Origin; one that hides its address sends `null`
 * there, and Sec-Fetch-Site decides.
 */
export function requireSameOrigin(headers: Pick<Headers, 'get'>): void {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const hidden = origin === null || origin === 'null';
  const own = hidden
    ? site === 'same-origin'
    : ownOrigins().includes(origin) && (site === null || site === 'same-origin');
  if (!own) throw new AppError('forbidden', 'A call with a cookie must come from this site’s own pages; use a token.');
}
