import { type NextRequest, NextResponse } from 'next/server';
import { formDefect } from '@/lib/page-form.ts';
import { pageMethods, pageRefusal } from '@/lib/page-request.ts';
import { refusalAnswer } from '@/lib/plain-page.ts';
import { ownOriginAt, siteOrigin, transportSecurity } from '@/lib/site-origin.ts';

/**
 * Gives each page a content security policy with a nonce of its own: only scripts and styles that we rendered into it
 * run. Next reads the nonce off the request's header and puts it on its tags, so every page is rendered when asked for.
 * Before that it refuses what no page takes; `app/server` does so before the body has come.
 */
export async function proxy(request: NextRequest) {
  const refusal = pageRefusal(request) ?? (await formDefect(request));
  if (refusal) {
    const { headers, body } = refusalAnswer(refusal.words, request.headers);
    const allow = refusal.status === 405 && { allow: pageMethods.join(', ') };
    return new NextResponse(body, {
      status: refusal.status,
      headers: { ...headers, ...allow, ...transportSecurity() },
    });
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    // Signing in redirects the form to the provider.
    "form-action 'self' https://github.com https://orcid.org",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  // Next compares these two by a rule of its own. The caller's were looked at above.
  const own = ownOriginAt(headers.get('host')) ?? siteOrigin();
  headers.set('x-forwarded-host', new URL(own).host);
  if (headers.has('origin')) headers.set('origin', own);
  // Next's own page for a site that can't render has an address, which answers 500 to whoever asks for it.
  const response =
    request.nextUrl.pathname === '/_global-error'
      ? NextResponse.rewrite(new URL('/_not-found', request.url), { request: { headers } })
      : NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(transportSecurity())) response.headers.set(name, value);
  return response;
}

/**
 * Every address but those of endpoints and of files that were built: whatever else is asked for may be answered by a
 * page.
 */
export const config = { matcher: '/((?!api/|_next/static/).*)' };
