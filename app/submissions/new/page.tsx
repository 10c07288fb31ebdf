import type { Metadata } from 'next';
import Link from 'next/link';
import { Notice } from '@/app/ui/notice.tsx';
import { PageHead } from '@/app/ui/page-head.tsx';
import { When } from '@/app/ui/when.tsx';
import { currentViewer } from '@/lib/auth.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { Card } from '@/lib/contract/card.ts';
import { LanguageId, languageOf } from '@/lib/contract/runtime.ts';
import { codeOf } from '@/lib/db/code-and-logs.ts';
import { type Quota, quotaOf } from '@/lib/db/quota.ts';
import { findSubmission } from '@/lib/db/submissions.ts';
import { exampleOf, examples, isExample } from '@/lib/examples.ts';
import { torchSuites } from '@/lib/scoring/references.ts';
import type { SignedIn } from '@/lib/viewer.ts';
import { draftFrom } from './draft.ts';
import { SubmitForm } from './submit-form.tsx';

/** Those that are scored by the rules of today, then the older ones. */
const newestFirst = suites.toSorted((a, b) => b.rules.scoring - a.rules.scoring);

export const metadata: Metadata = {
  title: 'Submit a defense',
  description: 'Upload one module, or write it here: it is checked at once, and trained under every attack of a suite.',
};

export default async function NewSubmissionPage({
  searchParams,
}: {
  searchParams: Promise<Partial<Record<'from' | 'language' | 'replaces', string | string[]>>>;
}) {
  const [{ from, language: asked, replaces }, viewer] = await Promise.all([searchParams, currentViewer()]);
  const choices =
    viewer &&
    (await Promise.all(newestFirst.map(async (suite) => ({ suite, quota: await quotaOf(viewer, suite.id) }))));
  const previous = viewer && typeof replaces === 'string' ? await ownSubmission(replaces, viewer) : null;
  const suite = newestFirst[0]!.id;
  const language = LanguageId.catch('javascript').parse(asked);
  const code = typeof from === 'string' && isExample(from) ? exampleOf(from, language) : '';
  const start = previous
    ? draftFrom(
        {
          name: previous.name,
          suite,
          code: previous.code,
          language: languageOf(previous.runtime).id,
          replaces: previous.id,
          anonymousUntil: previous.anonymousUntil ?? '',
        },
        previous.card,
      )
    : draftFrom({ name: '', suite, code, language, replaces: '', anonymousUntil: '' }, Card.parse({}));
  return (
    <div className="wide">
      <PageHead title={previous ? 'Submit a new version' : 'Submit a defense'}>
        <p>
          One module:{' '}
          <Link className="link" href="/docs/write">
            in JavaScript
          </Link>
          , which imports nothing, or{' '}
          <Link className="link" href="/docs/python">
            in Python
          </Link>
          , with NumPy, scikit-learn, PyTorch or JAX. It runs in a jail on every attack of the suite, and its row joins
          the board.
        </p>
      </PageHead>
      {previous && (
        <p className="mb-6 max-w-2xl">
          This is a new version of{' '}
          <Link className="link wrap-anywhere" href={`/submissions/${previous.id}`}>
            {previous.name}
          </Link>
          . Its row takes the place of the older one on a board once it is scored there; the older page stays.
        </p>
      )}
      {choices ? (
        <SubmitForm
          start={start}
          examples={examples()}
          torchSuites={torchSuites()}
          suites={choices.map(({ suite: { id, title, after, rules }, quota }) => ({
            id,
            title,
            after,
            old: rules.scoring < newestFirst[0]!.rules.scoring,
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

/** One's own, with its code; null for anything else: the form is then that of a new entry. */
async function ownSubmission(id: string, viewer: SignedIn) {
  const found = await findSubmission(id, viewer);
  return found?.mine && !found.baseline ? { ...found, code: (await codeOf(id, viewer)) ?? '' } : null;
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
