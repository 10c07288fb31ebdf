import Link from 'next/link';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { When } from '@/app/ui/when.tsx';
import { whyEnded } from '@/app/ui/words.ts';
import type { GivenUp } from '@/lib/db/given-up.ts';

/** What our machines failed three times. The page of each has a button that has it tried again. */
export function GivenUpTable({ rows }: { rows: readonly GivenUp[] }) {
  if (rows.length === 0) return <p className="text-soft">Nothing: no job failed three times on our side.</p>;
  return (
    <PlainTable label="Given up" columns={['Submission', 'Suite', 'Jobs', 'Since', 'The last failure']}>
      {rows.map(({ submission, name, suite, jobs, at, reason, detail }) => (
        <tr key={`${submission} ${suite}`} className="border-b border-line align-top">
          <th scope="row" className="min-w-44 py-2 pr-5 text-left font-semibold wrap-anywhere">
            <Link className="link" href={`/submissions/${submission}`}>
              {name}
            </Link>
          </th>
          <td className="py-2 pr-5 whitespace-nowrap">{suite}</td>
          <td className="py-2 pr-5">{jobs}</td>
          <td className="py-2 pr-5 whitespace-nowrap">
            <When at={at} />
          </td>
          <td className="py-2 wrap-anywhere">
            {reason && whyEnded(reason)} <span className="text-soft">{detail}</span>
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}
