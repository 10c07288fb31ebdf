import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { cookies } from 'next/headers';
import NextAuth, { getServerSession, type NextAuthOptions, type Session } from 'next-auth';
import { encode } from 'next-auth/jwt';
import GitHub from 'next-auth/providers/github';
import { cache } from 'react';
import 'server-only';
import { endSession, newSession, sessionDays, viewerOfSession } from './db/sessions.ts';
import { spendSignInToken } from './db/sign-in.ts';
import { type Identity, localIdentity, userOf } from './db/users.ts';
import { env } from './env.ts';
import { AppError } from './errors.ts';
import { secretIn } from './secret-file.ts';
import { hashOf } from './secrets.ts';
import { isHttps, isOnLoopback, siteOrigin } from './site-origin.ts';
import type { SignedIn, Viewer } from './viewer.ts';

/**
 * The one door to next-auth: sessions are its signed and encrypted cookies; who someone is, our database says at each
 * request.
 */

export type ProviderId = 'github' | 'orcid';

/** Those whose client id and secret are set. */
export function signInProviders(): { id: ProviderId; name: string }[] {
  const { GITHUB_ID, GITHUB_SECRET, ORCID_ID, ORCID_SECRET } = env();
  return [
    ...(GITHUB_ID && GITHUB_SECRET ? [{ id: 'github' as const, name: 'GitHub' }] : []),
    ...(ORCID_ID && ORCID_SECRET ? [{ id: 'orcid' as const, name: 'ORCID' }] : []),
  ];
}

/** The printed one-time link signs in only where no provider does and only this machine reaches the site. */
export const hasLocalLink = () => signInProviders().length === 0 && isOnLoopback();

/** Set from outside, or kept in ANTIDOTE_DATA where no provider is configured. */
function secret(): string {
  const { NEXTAUTH_SECRET, ANTIDOTE_DATA } = env();
  if (NEXTAUTH_SECRET) return NEXTAUTH_SECRET;
  if (!hasLocalLink())
    throw new RangeError(
      'NEXTAUTH_SECRET: is not set; a site with sign-in providers wants 16 random characters or more',
    );
  return secretIn(join(ANTIDOTE_DATA, 'nextauth.secret'));
}

type OwnSession = Session & { id: string | null };
type Profile = { sub: string; name?: string; given_name?: string; family_name?: string };

function options(): NextAuthOptions {
  const { GITHUB_ID = '', GITHUB_SECRET = '', ORCID_ID = '', ORCID_SECRET = '' } = env();
  const configured = {
    // Without the scope for e-mail: we have no use for it.
    github: () =>
      GitHub({
        clientId: GITHUB_ID,
        clientSecret: GITHUB_SECRET,
        authorization: { params: { scope: 'read:user' } },
        userinfo: 'https://api.github.com/user',
      }),
    orcid: () => ({
      id: 'orcid',
      name: 'ORCID',
      type: 'oauth' as const,
      issuer: 'https://orcid.org',
      jwks_endpoint: 'https://orcid.org/oauth/jwks',
      authorization: { url: 'https://orcid.org/oauth/authorize', params: { scope: 'openid' } },
      token: 'https://orcid.org/oauth/token',
      userinfo: 'https://orcid.org/oauth/userinfo',
      idToken: true,
      checks: ['pkce' as const, 'state' as const],
      clientId: ORCID_ID,
      clientSecret: ORCID_SECRET,
      profile: ({ sub, name, given_name, family_name }: Profile) => ({
        id: sub,
        name: name ?? ([given_name, family_name].filter(Boolean).join(' ') || sub),
        email: null,
      }),
    }),
  };
  return {
    providers: signInProviders().map(({ id }) => configured[id]()),
    secret: secret(),
    session: { strategy: 'jwt', maxAge: sessionDays * 86_400 },
    pages: { signIn: '/sign-in', signOut: '/account', error: '/sign-in' },
    logger: { error: logSignIn, warn: () => {}, debug: () => {} },
    callbacks: {
      async jwt({ token, account, user }) {
        if (!account || !user) return token;
        const identity: Identity = {
          provider: account.provider,
          subject: account.providerAccountId,
          name: user.name ?? account.providerAccountId,
          email: null,
        };
        return claimsOf(await userOf(identity));
      },
      session: ({ session, token: { sessionId } }): OwnSession => ({
        expires: session.expires,
        id: typeof sessionId === 'string' ? sessionId : null, // a cookie of before they had ids
      }),
    },
  };
}

/** Tells the operator that a sign-in went wrong. A cookie that can't be read is not told: anybody may send one. */
function logSignIn(code: string): void {
  if (code !== 'JWT_SESSION_ERROR') console.error(JSON.stringify({ signIn: code }));
}

/** What a cookie says. next-auth renews its dates whenever it is asked, and leaves these as they are. */
const claimsOf = async (user: string): Promise<{ sessionId: string }> => ({ sessionId: await newSession(user) });

/** Where providers send people back to, and the two on the way to what we say where that failed. */
const served = ['callback', 'error', 'signin'];

/** Of next-auth's own endpoints no other is served: throws `not-found`. */
export async function authRoute(
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const [endpoint = ''] = (await context.params).nextauth;
  if (!served.includes(endpoint)) throw new AppError('not-found', 'There is nothing at this address.');
  return NextAuth(request as never, context as never, options());
}

/** Who is signed in by cookie, asked once per request. */
export const currentViewer = cache(async (): Promise<Viewer> => {
  const id = await sessionOfCookie();
  return id === null ? null : viewerOfSession(id);
});

async function sessionOfCookie(): Promise<string | null> {
  const session: OwnSession | null = await getServerSession(options());
  return session?.id ?? null;
}

/** Throws `unauthenticated` where nobody is signed in. */
export async function requireViewer(): Promise<SignedIn> {
  const user = await currentViewer();
  if (!user) throw new AppError('unauthenticated', 'Sign in first.');
  return user;
}

/**
 * Uses the link up and signs its holder in. False for a link that is used up or has run out. The caller has checked the
 * Host header.
 */
export async function signInByLink(link: string): Promise<boolean> {
  if (!hasLocalLink() || !(await spendSignInToken(link))) return false;
  const token = await claimsOf(await userOf(localIdentity));
  const value = await encode({ token, secret: secret(), maxAge: sessionDays * 86_400 });
  (await cookies()).set(sessionCookie(), value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isHttps(),
    maxAge: sessionDays * 86_400,
  });
  return true;
}

/**
 * Begins a provider's sign-in as next-auth's own form would: the answer sends the browser to the provider. The caller
 * has checked where it comes from.
 */
export async function beginSignIn(provider: ProviderId, requestHeaders: Headers): Promise<Response> {
  const csrfToken = randomBytes(32).toString('hex');
  const csrfCookie = `${isHttps() ? '__Host-' : ''}next-auth.csrf-token`;
  const request = {
    method: 'POST',
    query: { nextauth: ['signin', provider] },
    headers: Object.fromEntries(requestHeaders),
    cookies: { [csrfCookie]: `${csrfToken}|${hashOf(`${csrfToken}${secret()}`)}` },
    body: { csrfToken, callbackUrl: siteOrigin() },
  };
  // What next-auth wants of an answer to write to.
  let status = 200;
  const set = new Map<string, string | string[]>();
  const answer = {
    status: (code: number) => {
      status = code;
      return answer;
    },
    getHeader: (name: string) => set.get(name.toLowerCase()),
    setHeader: (name: string, value: string | string[]) => {
      set.set(name.toLowerCase(), value);
      return answer;
    },
    end: () => {},
    json: () => {},
    send: () => {},
  };
  await NextAuth(request as never, answer as never, options());
  const written = new Headers();
  for (const [name, value] of set) for (const one of [value].flat()) written.append(name, one);
  if (!written.has('location')) throw new Error(`next-auth did not say where ${provider} signs in: ${status}`);
  return new Response(null, { status: 303, headers: written });
}

/** Ends the session and takes its cookie away. */
export async function signOut(): Promise<void> {
  const id = await sessionOfCookie();
  if (id !== null) await endSession(id);
  const jar = await cookies();
  for (const { name } of jar.getAll()) if (name.startsWith(sessionCookie())) jar.delete(name);
}

const sessionCookie = () => `${isHttps() ? '__Secure-' : ''}next-auth.session-token`;
