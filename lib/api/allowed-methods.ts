import { routes } from './routes.ts';

const patterns = Object.keys(routes).map((name) => {
  const [method = '', path = ''] = name.split(' ');
  const source = path
    .replace(/[.]/g, '\\.')
    .replace(/\{\w+\*\}/g, '.+')
    .replace(/\{\w+\}/g, '[^/]+');
  return { method, pattern: new RegExp(`^${source}/?$`) };
});

/** The methods of an endpoint, by the table of routes; null for an address where there is none. */
export function allowedMethods(url: string): string[] | null {
  const path = decoded(url.split('?', 1)[0]!);
  const own = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  if (own.length === 0) return null;
  return [...new Set(own), ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

/** As pages and endpoints are found by it; as it came where it is no text. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
