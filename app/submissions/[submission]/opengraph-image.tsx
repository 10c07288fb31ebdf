import { cardSize, isDrawable, shareCard } from '@/app/ui/share-card.tsx';
import { findSubmissionView } from '@/lib/db/submission-view.ts';
import { headline } from '@/lib/headline.ts';

export const alt = 'An entry of Antidote, its suite and its score';
export const size = cardSize;
export const contentType = 'image/png';

/** The picture that other sites show beside a link to an entry. */
export default async function Image({ params }: { params: Promise<{ submission: string }> }) {
  const about = await findSubmissionView((await params).submission, null);
  if (!about) return new Response(null, { status: 404 });
  return shareCard({
    title: isDrawable(about.name) ? about.name : `Entry ${about.id.slice(0, 8)}`,
    below: `${about.anonymousUntil ? '' : 'by '}${isDrawable(about.author) ? about.author : 'its author'}`,
    says: `${about.suite}: ${headline(about)}`,
  });
}
