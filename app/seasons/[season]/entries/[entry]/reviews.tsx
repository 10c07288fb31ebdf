import { Section } from '@/app/ui/page-head.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import { ReviewVerdict } from '@/lib/contract/season.ts';
import type { Review } from '@/lib/db/season-reviews.ts';
import { review } from '../../../actions.ts';
import { TextForm } from '../../../text-form.tsx';

type Props = { entry: string; reviews: readonly Review[]; mayReview: boolean; told: boolean };

/** What organizers found, and for them a form. The newest review decides. */
export function Reviews({ entry, reviews, mayReview, told }: Props) {
  if (!told) return null;
  return (
    <Section id="review" title="Review" aside="the newest decides">
      {reviews.length === 0 && <p className="mb-4 text-soft">No organizer has reviewed it yet.</p>}
      <ul className="mb-6 grid gap-4">
        {reviews.map(({ id, verdict, note, reviewer, at }) => (
          <li key={id} className="max-w-3xl">
            <p className="flex flex-wrap gap-x-3 text-sm text-soft">
              <Tag look={verdict === 'cleared' ? 'accent' : 'alarm'}>{verdict}</Tag>
              <span>{reviewer}</span>
              <When at={at} />
            </p>
            <p className="mt-1 whitespace-pre-line wrap-anywhere">{note}</p>
          </li>
        ))}
      </ul>
      {mayReview && (
        <TextForm
          action={review}
          hidden={{ entry }}
          label="Note, public from the close on"
          choice={{
            look: 'buttons',
            name: 'verdict',
            label: 'Verdict',
            options: ReviewVerdict.options.map((verdict) => ({ value: verdict, name: verdict })),
          }}
          button="Review"
        />
      )}
    </Section>
  );
}
