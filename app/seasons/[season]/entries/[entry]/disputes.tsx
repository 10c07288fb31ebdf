import Link from 'next/link';
import { Section } from '@/app/ui/page-head.tsx';
import { When } from '@/app/ui/when.tsx';
import type { Dispute } from '@/lib/db/season-reviews.ts';
import { isOrganizer, type Viewer } from '@/lib/viewer.ts';
import { answer, dispute } from '../../../actions.ts';
import { TextForm } from '../../../text-form.tsx';

/** What people have against a row, and what organizers answered. */
export function Disputes({ entry, disputes, viewer }: { entry: string; disputes: readonly Dispute[]; viewer: Viewer }) {
  return (
    <Section id="disputes" title="Disputes" aside="anyone signed in can file one">
      {disputes.length === 0 && <p className="mb-4 text-soft">There is none.</p>}
      <ul className="mb-6 grid gap-6">
        {disputes.map(({ id, by, reason, at, answer: answered, answeredAt }) => (
          <li key={id} className="max-w-3xl">
            <p className="text-sm text-soft">
              {by}, <When at={at} />
            </p>
            <p className="mt-1 whitespace-pre-line wrap-anywhere">{reason}</p>
            {answered !== null && (
              <div className="mt-2 border-l-4 border-rule pl-4">
                <p className="text-sm text-soft">Answered {answeredAt && <When at={answeredAt} />}</p>
                <p className="mt-1 whitespace-pre-line wrap-anywhere">{answered}</p>
              </div>
            )}
            {answered === null && isOrganizer(viewer) && (
              <div className="mt-3">
                <TextForm action={answer} hidden={{ dispute: id }} label="Answer" button="Answer" />
              </div>
            )}
          </li>
        ))}
      </ul>
      {viewer ? (
        <TextForm action={dispute} hidden={{ entry }} label="What is wrong with this row?" button="File a dispute" />
      ) : (
        <p>
          <Link className="link" href="/sign-in">
            Sign in
          </Link>{' '}
          to file a dispute.
        </p>
      )}
    </Section>
  );
}
