import Link from 'next/link';
import { percent } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { StateTag, Tag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import type { SubmissionView } from '@/lib/db/submission-view.ts';

/** Every evaluation of the submission, on every suite. The page speaks of one of them. */
export function Evaluations({ about: { id, evaluations, evaluation } }: { about: SubmissionView }) {
  if (evaluations.length === 0) return null;
  return (
    <Section title="Evaluations" aside="each suite’s own page">
      <PlainTable label="Every evaluation" columns={['Suite', 'State', 'Engine', 'Asked for', 'Ended']}>
        {evaluations.map((one) => (
          <tr key={one.id} className="border-b border-line align-top">
            <th scope="row" className="py-1.5 pr-5 text-left font-normal whitespace-nowrap">
              <Link className="link" href={`/submissions/${id}?suite=${one.suite}`} prefetch={false}>
                {one.suite}
              </Link>{' '}
              {one.id === evaluation?.id && <Tag>shown here</Tag>}
            </th>
            <td className="py-1.5 pr-5 whitespace-nowrap">
              <StateTag state={one.state} /> {one.state === 'running' && percent(one.progress, 0)}
            </td>
            <td className="py-1.5 pr-5">{one.engine}</td>
            <td className="py-1.5 pr-5">
              <When at={one.createdAt} />
            </td>
            <td className="py-1.5">
              {one.finishedAt ? <When at={one.finishedAt} /> : <span className="text-soft">not yet</span>}
            </td>
          </tr>
        ))}
      </PlainTable>
    </Section>
  );
}
