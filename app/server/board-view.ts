import type { IncomingMessage } from 'node:http';
import { findSuite } from '../../lib/catalog/suites/index.ts';
import { queryOf, viewOf } from '../ui/board-view.ts';

/** A view of the board, or what is read off it, that is the same for everybody who is not signed in. */
export type BoardView = {
  /** Path and query, the same for every address that asks for this view: so there are only so many of them. */
  readonly path: string;
  readonly theme: 'light' | 'dark' | null;
};

/** The addresses with one view each. */
const single = ['/', '/findings'];
const pages = /^\/suites\/([a-z0-9.-]+)$/;
const documents = /^\/api\/v1\/suites\/([a-z0-9.-]+)\/standings(\.csv|\.parquet)?$/;
/** Not a search, of which there are any number. */
const queryKeys = ['baselines', 'columns', 'detail', 'direction', 'flags', 'kind', 'language', 'sort', 'track'];
const queryValue = /^[a-z0-9.-]{1,90}$/;

/**
 * The view that a request asks for; null where its answer is its own: somebody is signed in, the address is no board's,
 * it asks for something that no board has, searches, or came to another name of this machine. A page has one address
 * for each view and leads there from the others; of documents the others are answered alike.
 */
export function boardViewOf(
  { method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  host: string,
): BoardView | null {
  if ((method !== 'GET' && method !== 'HEAD') || headers.host !== host) return null;
  if (headers.authorization !== undefined || headers.rsc !== undefined) return null;
  const cookie = headers.cookie ?? '';
  if (cookie.includes('session-token') || !takesGzip(String(headers['accept-encoding'] ?? ''))) return null;
  const path = viewPathOf(url);
  if (path === null) return null;
  const theme = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(cookie)?.[1];
  return { path, theme: theme === 'light' || theme === 'dark' ? theme : null };
}

/**
 * Of the addresses asked for of late the view's own, or null. Finding it takes as long as the rest of a kept answer.
 */
const found = new Map<string, string | null>();
const mostFound = 1000;

function viewPathOf(url: string): string | null {
  const known = found.get(url);
  if (known !== undefined) return known;
  if (found.size >= mostFound) found.clear();
  const path = findViewPath(url);
  found.set(url, path);
  return path;
}

function findViewPath(url: string): string | null {
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(url)!;
  const suite = findSuite(pages.exec(path)?.[1] ?? documents.exec(path)?.[1] ?? '');
  if (!single.includes(path) && !suite) return null;
  const asked = [...new URLSearchParams(query)];
  const known = asked.every(([key, value]) => queryKeys.includes(key) && queryValue.test(value));
  if (!known || new Set(asked.map(([key]) => key)).size < asked.length || (!suite && asked.length > 0)) return null;
  const shown = suite ? queryOf(suite, viewOf(suite, Object.fromEntries(asked))) : '';
  if (!path.startsWith('/api/') && shown !== (query && `?${query}`)) return null; // the page leads to the view's own address
  return path + shown;
}

/** `gzip;q=0` says that it does not. RFC 9110, section 12.5.3. */
const takesGzip = (header: string) =>
  header.split(',').some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
