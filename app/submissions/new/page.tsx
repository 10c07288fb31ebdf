import type { Metadata } from 'next';
import Link from 'next/link';
import { Notice } from '@/app/ui/notice.tsx';
import { PageHead } from '@/app/ui/page-head.tsx';
import { When } from '@/app/ui/when.tsx';
import { currentViewer } from '@/lib/auth.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { type Quota, quotaOf } from '@/lib/db/quota.ts';
import { exampleOf, isExample } from '@/lib/examples.ts';
import { SubmitForm } from './submit-form.tsx';

export const metadata: Metadata = { title: 'Submit a defense' };

export default async function NewSubmissionPage({
  searchParams,
}: {
  searchParams: Promise<{ from?: string | string[] }>;
}) {
  const [{ from }, viewer] = await Promise.all([searchParams, currentViewer()]);
  const choices =
    viewer && (await Promise.all(suites.map(async (suite) => ({ suite, quota: await quotaOf(viewer, suite.id) }))));
  const code = typeof from === 'string' && isExample(from) ? exampleOf(from) : '';
  return (
    <div className="wide">
      <PageHead title="Submit a defense">
        <p>
          One JavaScript module that imports nothing.{' '}
          <Link className="link" href="/docs">
            How to write one
          </Link>
          . It runs in a jail on every attack of the suite, and its row joins the board.
        </p>
      </PageHead>
      {choices ? (
        <SubmitForm
          code={code}
          suites={choices.map(({ suite: { id, title, after }, quota }) => ({
            id,
            title,
            after,
            left: <Left quota={quota} />,
          }))}
        />
      ) : (
        <Notice title="Sign in to submit">
          <p>
            What you submit is yours, and only you and the organizers can withdraw it.{' '}
            <Link className="link" href="/sign-in">
              Sign in
            </Link>{' '}
            first; trying a defense on your own machine needs no account.
          </p>
        </Notice>
      )}
    </div>
  );
}

function Left({ quota: { limit, left, nextAt } }: { quota: Quota }) {
  if (limit === null) return 'no quota for whoever runs the site';
  return (
    <>
      {left} of {limit} evaluations left today
      {nextAt && (
        <>
          ; the next one at <When at={nextAt} />
        </>
      )}
    </>
  );
}
