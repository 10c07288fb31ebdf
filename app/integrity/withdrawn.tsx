import Link from 'next/link';
import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { When } from '@/app/ui/when.tsx';
import type { Submission } from '@/lib/db/submissions.ts';

const label = 'Withdrawn submissions';

/** What has left the boards, and why: nothing goes without a trace. */
export function Withdrawn({ submissions }: { submissions: readonly Submission[] }) {
  if (submissions.length === 0) return <p className="text-soft">Nothing was withdrawn so far.</p>;
  return (
    <ScrollTable label={label}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}, the last one first</caption>
        <ColumnHeads names={['Submission', 'Author', 'Withdrawn', 'Reason']} />
        <tbody>
          {submissions.map(({ id, name, author, withdrawnAt, withdrawnReason }) => (
            <tr key={id} className="border-b border-line align-top">
              <th scope="row" className="min-w-40 py-2.5 pr-5 text-left font-semibold wrap-anywhere">
                <Link className="link" href={`/submissions/${id}`}>
                  {name}
                </Link>
              </th>
              <td className="py-2.5 pr-5 wrap-anywhere">{author}</td>
              <td className="py-2.5 pr-5">{withdrawnAt && <When at={withdrawnAt} />}</td>
              <td className="min-w-64 py-2.5 wrap-anywhere">{withdrawnReason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
