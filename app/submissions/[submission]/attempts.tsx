import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { StaticPart } from '@/app/ui/static-part.tsx';
import { When } from '@/app/ui/when.tsx';
import { attemptText, whyEnded } from '@/app/ui/words.ts';
import type { AttemptRow } from '@/lib/db/evaluation-view.ts';

/** So many are listed whole; of more, those that went well are counted. */
const most = 12;

/** Who worked on it, when, and why an attempt ended. `json` has all of them. */
export function Attempts({ attempts, json }: { attempts: readonly AttemptRow[]; json: string }) {
  const listed = attempts.length <= most ? attempts : attempts.filter(({ outcome }) => outcome !== 'succeeded');
  const counted = attempts.length - listed.length;
  return (
    <Section title="Attempts" aside="a failure of our machines is tried again, and never charged">
      {attempts.length === 0 ? (
        <p className="text-soft">No runner has taken it up yet.</p>
      ) : (
        counted > 0 && (
          <p className="mb-3 max-w-3xl">
            {counted} attempts brought a result, by {runnersOf(attempts).join(', ')}.{' '}
            <a className="link" href={json}>
              Every attempt as JSON
            </a>
          </p>
        )
      )}
      {listed.length > 0 && (
        <ScrollTable label="Every attempt">
          <table className="w-full border-collapse text-sm">
            <ColumnHeads names={['Job', 'Attempt', 'Runner', 'Began', 'Ended', 'Outcome']} />
            <StaticPart as="tbody" className="*:border-b *:border-line *:align-top [&_td]:py-1.5 [&_td]:pr-5">
              {listed.map(({ job, attempt, runner, runnerClass, startedAt, endedAt, outcome, reason, detail }) => (
                <tr key={`${job} ${attempt}`}>
                  <td className="font-mono text-xs leading-6">{job.slice(0, 8)}</td>
                  <td>{attempt}</td>
                  <td>
                    {runner} <span className="text-soft">({runnerClass})</span>
                  </td>
                  <td>
                    <When at={startedAt} />
                  </td>
                  <td>{endedAt ? <When at={endedAt} /> : <span className="text-soft">at work</span>}</td>
                  <td>
                    {outcome ? attemptText[outcome] : ''}
                    {(reason || detail) && (
                      <span className="block max-w-96 text-xs text-soft wrap-anywhere">
                        {[reason && whyEnded(reason), detail].filter(Boolean).join(' ')}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </StaticPart>
          </table>
        </ScrollTable>
      )}
    </Section>
  );
}

const runnersOf = (attempts: readonly AttemptRow[]) =>
  [...new Set(attempts.filter(({ outcome }) => outcome === 'succeeded').map(({ runner }) => runner))].sort();
