import type { Finding, FindingVerdict } from '@/lib/studies/paper/finding.ts';
import { findingsOf } from '@/lib/studies/paper/findings.ts';
import type { Results } from '@/lib/studies/paper/table.ts';

const looks: Record<FindingVerdict, { readonly says: string; readonly look: string }> = {
  holds: { says: 'It holds.', look: 'text-accent' },
  fails: { says: 'It does not hold here.', look: 'text-caution' },
  'not shown': { says: 'Not shown.', look: '' },
};

/** What the paper claims, and whether our numbers bear it out. */
export function Findings({ results }: { results: Results }) {
  return (
    <dl className="grid gap-x-10 border-y border-ink sm:grid-cols-2">
      {findingsOf(results).map(({ claim, answer, verdict, note }: Finding) => (
        <div key={claim} className="border-b border-line py-4 last:border-b-0 sm:nth-last-2:odd:border-b-0">
          <dt className="font-semibold">{claim}</dt>
          <dd className="mt-1 text-sm text-soft">
            <span className={verdict ? looks[verdict].look : ''}>
              {verdict ? looks[verdict].says : 'Not measured.'}
            </span>{' '}
            {answer} {note}
          </dd>
        </div>
      ))}
    </dl>
  );
}
