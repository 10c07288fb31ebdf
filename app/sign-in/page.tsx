import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Code } from '@/app/ui/code.tsx';
import { Notice } from '@/app/ui/notice.tsx';
import { PageHead } from '@/app/ui/page-head.tsx';
import { currentViewer, hasLocalLink, signInProviders } from '@/lib/auth.ts';
import { isSignInTokenGood } from '@/lib/db/sign-in.ts';

export const metadata: Metadata = {
  title: 'Sign in',
  description: 'To submit a defense. Everything else can be read without.',
  robots: { index: false },
};

/** Opening a link changes nothing: pressing the button uses it up. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[]; error?: string | string[] }>;
}) {
  const { token, error } = await searchParams;
  const providers = signInProviders();
  if (typeof token === 'string' && hasLocalLink()) return <ByLink token={token} />;
  if (await currentViewer()) redirect('/account');
  return (
    <div className="wide">
      <PageHead title="Sign in">
        <p>Signing in is for submitting. Everything else on this site is open to everybody.</p>
      </PageHead>
      {error && (
        <Notice alarm title="Signing in did not work">
          <p>The provider did not confirm who you are, or the attempt took too long. Try again.</p>
        </Notice>
      )}
      {providers.length > 0 && (
        <ul className="mt-6 grid max-w-xs gap-3">
          {providers.map(({ id, name }) => (
            <li key={id}>
              <form method="post" action={`/sign-in/with/${id}`}>
                <button type="submit" className="button w-full">
                  Continue with {name}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {hasLocalLink() && (
        <div className="max-w-2xl">
          <p className="mb-3">
            This site runs on your own machine. Its start-up printed a link that signs you in; it works once, for 15
            minutes. Another one is printed by
          </p>
          <Code label="Prints a sign-in link">npx antidote sign-in-link</Code>
        </div>
      )}
      {providers.length === 0 && !hasLocalLink() && (
        <Notice title="No way to sign in is set up">
          <p>
            The site can be reached by others, so it wants a provider: GITHUB_ID and GITHUB_SECRET, or ORCID_ID and
            ORCID_SECRET.
          </p>
        </Notice>
      )}
    </div>
  );
}

async function ByLink({ token }: { token: string }) {
  const good = await isSignInTokenGood(token);
  return (
    <div className="wide">
      <PageHead title="Sign in">
        <p>
          {good
            ? 'This link signs you in to the site on this machine. It works once.'
            : 'Sign-in links work once, and for 15 minutes.'}
        </p>
      </PageHead>
      {good ? (
        <form method="post" action="/sign-in/link">
          <input type="hidden" name="token" value={token} />
          <button type="submit" className="button button-main">
            Sign in
          </button>
        </form>
      ) : (
        <>
          <Notice alarm title="This link was used before, or has run out" />
          <div className="mt-6 max-w-2xl">
            <p className="mb-3">Another one is printed by</p>
            <Code label="Prints a sign-in link">npx antidote sign-in-link</Code>
          </div>
        </>
      )}
    </div>
  );
}
