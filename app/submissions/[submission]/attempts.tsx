import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { When } from '@/app/ui/when.tsx';
import { attemptText, reasonText } from '@/app/ui/words.ts';
import type { AttemptRow } from '@/lib/db/evaluation-view.ts';

/** Who worked on it, when, and why an attempt ended. */
export function Attempts({ attempts }: { attempts: readonly AttemptRow[] }) {
  return (
    <Section title="Attempts" aside="a failure of our machines is tried again, and never charged">
      {attempts.length === 0 ? (
        <p className="text-soft">No runner has taken it up yet.</p>
      ) : (
        <PlainTable label="Every attempt" columns={['Job', 'Attempt', 'Runner', 'Began', 'Ended', 'Outcome']}>
          {attempts.map(({ job, attempt, runner, runnerClass, startedAt, endedAt, outcome, reason, detail }) => (
            <tr key={`${job} ${attempt}`} className="border-b border-line align-top">
              <td className="py-1.5 pr-5 font-mono text-xs leading-6">{job.slice(0, 8)}</td>
              <td className="py-1.5 pr-5">{attempt}</td>
              <td className="py-1.5 pr-5">
                {runner} <span className="text-soft">({runnerClass})</span>
              </td>
              <td className="py-1.5 pr-5">
                <When at={startedAt} />
              </td>
              <td className="py-1.5 pr-5">
                {endedAt ? <When at={endedAt} /> : <span className="text-soft">at work</span>}
              </td>
              <td className="py-1.5">
                {outcome ? attemptText[outcome] : ''}
                {(reason || detail) && (
                  <span className="block max-w-96 text-xs text-soft wrap-anywhere">
                    {[reason && (reasonText[reason] ?? reason), detail].filter(Boolean).join(' ')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
}
