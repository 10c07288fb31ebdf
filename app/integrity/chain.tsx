import { When } from '@/app/ui/when.tsx';
import type { AuditRecord, ChainHead } from '@/lib/db/audit.ts';

/** The head of the chain of events, and what the last audit found. */
export function Chain({ head, audit }: { head: ChainHead | null; audit: AuditRecord | null }) {
  return (
    <dl className="grid max-w-4xl gap-x-6 gap-y-3 text-sm sm:grid-cols-[10rem_1fr]">
      <dt className="font-semibold">Last event</dt>
      <dd>
        {head ? (
          <>
            number {head.seq.toLocaleString('en-US')}, <When at={head.at} />, hash{' '}
            <span className="font-mono text-xs wrap-anywhere">{head.hash}</span>
          </>
        ) : (
          'Nothing has happened yet.'
        )}
      </dd>
      <dt className="font-semibold">Last audit</dt>
      <dd>{audit ? <Verdict audit={audit} /> : 'None was made yet.'}</dd>
    </dl>
  );
}

function Verdict({ audit: { at, events, results, problems, problemCount } }: { audit: AuditRecord }) {
  const what = `${events.toLocaleString('en-US')} events and ${results.toLocaleString('en-US')} results`;
  return (
    <>
      <When at={at} />: {what} checked,{' '}
      {problemCount === 0 ? (
        'all as they were.'
      ) : (
        <strong className="text-alarm">
          {problemCount.toLocaleString('en-US')} {problemCount === 1 ? 'is' : 'are'} not as they were.
        </strong>
      )}
      {problems.length > 0 && (
        <ul className="mt-2 list-disc pl-5 wrap-anywhere">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {problemCount > problems.length && <p className="mt-1">The first {problems.length} are shown.</p>}
    </>
  );
}
