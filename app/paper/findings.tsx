import type { Finding } from '@/lib/studies/paper/finding.ts';
import { findingsOf } from '@/lib/studies/paper/findings.ts';
import type { Results } from '@/lib/studies/paper/table.ts';

/** What the paper claims, and whether our numbers bear it out. */
export function Findings({ results }: { results: Results }) {
  return (
    <dl className="grid gap-x-10 border-y border-ink sm:grid-cols-2">
      {findingsOf(results).map(({ claim, answer, holds, note }: Finding) => (
        <div key={claim} className="border-b border-line py-4 last:border-b-0 sm:nth-last-2:odd:border-b-0">
          <dt className="font-semibold">{claim}</dt>
          <dd className="mt-1 text-sm text-soft">
            <span className={holds === null ? '' : holds ? 'text-accent' : 'text-caution'}>
              {holds === null ? 'Not measured.' : holds ? 'It holds.' : 'It does not hold here.'}
            </span>{' '}
            {answer} {note}
          </dd>
        </div>
      ))}
    </dl>
  );
}
