import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageSite } from '../support/page-site.ts';

/** A site with sign-in providers, as far as it goes without them answering. */
describe('a site with sign-in providers', () => {
  let site: PageSite;
  beforeAll(async () => {
    site = await PageSite.start({
      GITHUB_ID: 'github-id',
      GITHUB_SECRET: 'github-secret',
      ORCID_ID: 'orcid-id',
      ORCID_SECRET: 'orcid-secret',
      NEXTAUTH_SECRET: 'sixteen-characters-or-more',
    });
  }, 600_000);
  afterAll(() => site?.stop());

  const begin = (provider: string, headers: Record<string, string> = { origin: site.origin }) =>
    fetch(`${site.origin}/sign-in/with/${provider}`, { method: 'POST', headers, redirect: 'manual' });

  it('offers them, and no link', async () => {
    const html = await (await fetch(`${site.origin}/sign-in`)).text();
    expect(html).toContain('action="/sign-in/with/github"');
    expect(html).toContain('action="/sign-in/with/orcid"');
    expect(html).not.toContain('sign-in-link');
    const headers = { authorization: `Bearer ${site.secret}`, 'content-type': 'application/json' };
    expect(
      (await fetch(`${site.origin}/api/chores/sign-in-link`, { method: 'POST', headers, body: '{}' })).status,
    ).toBe(403);
    const trade = await fetch(`${site.origin}/api/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"link":"x"}',
    });
    expect(trade.status).toBe(410);
  });

  it.each([
    ['github', 'https://github.com/login/oauth/authorize', 'github-id', 'read:user'],
    ['orcid', 'https://orcid.org/oauth/authorize', 'orcid-id', 'openid'],
  ])('sends the browser to %s with a state that it keeps', async (provider, address, client, scope) => {
    const answer = await begin(provider);
    const to = new URL(answer.headers.get('location')!);
    expect([answer.status, to.origin + to.pathname]).toEqual([303, address]);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      client_id: client,
      scope,
      response_type: 'code',
      redirect_uri: `${site.origin}/api/auth/callback/${provider}`,
    });
    expect(to.searchParams.get('state')?.length).toBeGreaterThan(20);
    expect(answer.headers.getSetCookie().some((cookie) => /^next-auth\.state=.+HttpOnly/.test(cookie))).toBe(true);
  });

  it('begins nothing for a page of somebody else, nor with a provider that it does not have', async () => {
    expect((await begin('github', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await begin('github', {})).status).toBe(403);
    expect((await begin('twitter')).status).toBe(404);
  });

  it('refuses a callback whose state it did not give out', async () => {
    const answer = await fetch(`${site.origin}/api/auth/callback/github?code=x&state=forged`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toContain('error=OAuthCallback');
    expect(answer.headers.getSetCookie().some((cookie) => cookie.includes('session-token=ey'))).toBe(false);
    const page = await fetch(answer.headers.get('location')!);
    expect(new URL(page.url).pathname).toBe('/sign-in');
    expect(await page.text()).toContain('Signing in did not work');
  });
});
