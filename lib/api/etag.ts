import { sha256 } from '../contract/canonical.ts';
import { namesTag } from '../contract/etag.ts';

/** The value as JSON with a weak ETag of its content, or 304 where the caller has it already. */
export async function taggedJson(request: Request, value: unknown): Promise<Response> {
  const text = JSON.stringify(value);
  const etag = `W/"${await sha256(text)}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', vary: 'authorization, cookie' };
  if (namesTag(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, 'content-type': 'application/json' } });
}
