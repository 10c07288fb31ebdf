import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { When } from '@/app/ui/when.tsx';
import { currentViewer } from '@/lib/auth.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { quotaOf } from '@/lib/db/quota.ts';
import { submissionsOf } from '@/lib/db/submissions.ts';
import { scopesFor, tokensOf } from '@/lib/db/tokens.ts';
import { leave, leaveEverywhere, revoke } from './actions.ts';
import { DeleteForm } from './delete-form.tsx';
import { NameForm } from './name-form.tsx';
import { TokenForm } from './token-form.tsx';

export const metadata: Metadata = {
  title: 'Account',
  description: 'Your name, your submissions, and the tokens of your programs.',
  robots: { index: false },
};

export default async function AccountPage() {
  const viewer = await currentViewer();
  if (!viewer) redirect('/sign-in');
  const [submissions, tokens, quotas] = await Promise.all([
    submissionsOf(viewer),
    tokensOf(viewer),
    Promise.all(suites.map(async ({ id }) => ({ id, quota: await quotaOf(viewer, id) }))),
  ]);
  return (
    <div className="wide">
      <PageHead title="Account">
        <p>
          Signed in as <span className="text-ink">{viewer.name}</span>
          {viewer.role === 'organizer' && ', an organizer of this site'}.
        </p>
        <div className="mt-4 flex flex-wrap gap-3">
          <form action={leave}>
            <button type="submit" className="button">
              Sign out
            </button>
          </form>
          <form action={leaveEverywhere}>
            <button type="submit" className="button" aria-describedby="everywhere">
              Sign out everywhere
            </button>
          </form>
        </div>
        <p id="everywhere" className="mt-3 text-sm">
          “Everywhere” ends your sessions in all browsers, in this one too. Tokens stay good: revoke them one by one,
          below.
        </p>
      </PageHead>
      <Section title="Your submissions">
        {submissions.length === 0 ? (
          <p className="text-soft">
            None yet.{' '}
            <Link className="link" href="/submissions/new">
              Submit a defense
            </Link>
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {submissions.map(({ id, name, kind, createdAt, withdrawnAt }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-4 py-2">
                <Link
                  href={`/submissions/${id}`}
                  className="font-semibold wrap-anywhere underline-offset-4 hover:underline"
                >
                  {name}
                </Link>
                <span className="text-sm text-soft">
                  {kind}, <When at={createdAt} />
                  {withdrawnAt && ', withdrawn'}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Quota" aside="given back where our side failed">
        <ul>
          {quotas.map(({ id, quota: { limit, left, nextAt } }) => (
            <li key={id}>
              {id}:{' '}
              {limit === null ? 'no limit for whoever runs the site' : `${left} of ${limit} evaluations left today`}
              {nextAt && (
                <>
                  , the next one at <When at={nextAt} />
                </>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Tokens" aside="for the command line and CI; only a hash of them is kept">
        {tokens.length > 0 && (
          <ul className="mb-6 divide-y divide-line">
            {tokens.map(({ id, name, scopes, expiresAt, lastUsedAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-6 gap-y-1 py-2">
                <span className="font-semibold wrap-anywhere">{name}</span>
                <span className="grow text-sm text-soft">
                  for {scopes.join(', ')};{' '}
                  {expiresAt && (
                    <>
                      until <When at={expiresAt.toISOString()} />;{' '}
                    </>
                  )}
                  {lastUsedAt ? (
                    <>
                      last used <When at={lastUsedAt.toISOString()} />
                    </>
                  ) : (
                    'never used'
                  )}
                </span>
                <form action={revoke}>
                  <input type="hidden" name="token" value={id} />
                  <button type="submit" className="button" aria-label={`Revoke the token ${name}`}>
                    Revoke
                  </button>
                </form>
              </li>
            ))}
          </ul>
        )}
        <TokenForm scopes={[...scopesFor(viewer)]} />
      </Section>
      <Section title="Name" aside="as the board shows it">
        <NameForm name={viewer.name} />
      </Section>
      <Section title="Delete the account">
        <DeleteForm />
      </Section>
    </div>
  );
}
