import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { When } from '@/app/ui/when.tsx';
import { verdictText } from '@/app/ui/words.ts';
import type { CheckRow } from '@/lib/db/checks.ts';
import { DecisionForm } from './decision-form.tsx';

type Props = { checks: readonly CheckRow[]; mayDecide: boolean };

/** The jobs of this evaluation that were run again by another runner, and what came of it. */
export function Checks({ checks, mayDecide }: Props) {
  if (checks.length === 0) return null;
  const open = checks.filter(({ verdict, stands }) => verdict === 'differs' && stands === null);
  return (
    <Section title="Run twice" aside="one job in twenty, by another runner">
      <PlainTable label="Every job that was run twice" columns={['Job', 'First', 'Again', 'When', 'Verdict']}>
        {checks.map(({ job, firstRunner, againRunner, at, verdict, detail, stands, reason }) => (
          <tr key={`${job} ${at}`} className="border-b border-line align-top">
            <td className="py-1.5 pr-5 font-mono text-xs leading-6">{job.slice(0, 8)}</td>
            <td className="py-1.5 pr-5">{firstRunner}</td>
            <td className="py-1.5 pr-5">{againRunner ?? <span className="text-soft">not yet</span>}</td>
            <td className="py-1.5 pr-5">
              <When at={at} />
            </td>
            <td className="py-1.5">
              {verdict ? verdictText[verdict] : 'It waits for another runner.'}
              {verdict === 'differs' && (stands ? ` The ${stands} run stands: ${reason}` : ' Nobody has decided yet.')}
              {detail && <span className="block max-w-96 text-xs text-soft wrap-anywhere">{detail}</span>}
            </td>
          </tr>
        ))}
      </PlainTable>
      {mayDecide && open.length > 0 && <DecisionForm jobs={[...new Set(open.map(({ job }) => job))]} />}
    </Section>
  );
}
