import { Tag } from '@/app/ui/tag.tsx';
import { baselineRole, flagText } from '@/app/ui/words.ts';
import type { SeasonRow } from '@/lib/db/season-rows.ts';

/** What a reader should know of a row before believing its place. */
export function Marks({ row, closed }: { row: SeasonRow; closed: boolean }) {
  const { baseline, kind, late, withdrawnAt, withdrawnReason, review, openDisputes, state, flags, scores } = row;
  return (
    <span className="flex flex-wrap gap-1">
      {baseline && <Tag>{kind === 'control' ? 'control, not ranked' : baselineRole(baseline)}</Tag>}
      {late && (
        <Tag look="caution" title="It came after the end: scored, and not ranked.">
          late
        </Tag>
      )}
      {withdrawnAt && (
        <Tag look="caution" title={withdrawnReason ?? undefined}>
          withdrawn
        </Tag>
      )}
      {closed && !withdrawnAt && state !== 'failed' && scores === null && (
        <Tag look="caution" title="Its evaluation has not come to its end.">
          provisional
        </Tag>
      )}
      {closed && !withdrawnAt && state === 'failed' && <Tag look="alarm">failed</Tag>}
      {closed && !baseline && !withdrawnAt && review === null && (
        <Tag look="accent" title="No organizer has reviewed it yet; its place is not final.">
          under review
        </Tag>
      )}
      {review === 'refused' && (
        <Tag look="alarm" title="An organizer refused it; its page says why.">
          refused
        </Tag>
      )}
      {openDisputes > 0 && (
        <Tag look="caution">
          {openDisputes} open {openDisputes === 1 ? 'dispute' : 'disputes'}
        </Tag>
      )}
      {flags.map((flag) => (
        <Tag key={flag} look="caution" title={flagText[flag]}>
          {flag}
        </Tag>
      ))}
    </span>
  );
}
