import Link from 'next/link';
import { scoreColumns } from '@/app/ui/board-columns.ts';
import { EstimateText } from '@/app/ui/estimate.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import type { Suite } from '@/lib/contract/suite.ts';
import type { ComparedEntry } from '@/lib/db/compared.ts';

/** What is compared, with the scores of the board. Any of them can be the one that the others are held against. */
export function Entries({ suite, entries }: { suite: Suite; entries: readonly ComparedEntry[] }) {
  const columns = scoreColumns(suite);
  return (
    <PlainTable label="The entries" columns={['Entry', ...columns.map(({ name }) => name)]}>
      {entries.map(({ row }, at) => (
        <tr key={row.submission} className="border-b border-line align-top">
          <th scope="row" className="py-2 pr-5 text-left font-normal">
            <Link
              className="link inline-block min-h-6 font-semibold wrap-anywhere"
              href={`/submissions/${row.submission}?suite=${suite.id}`}
            >
              {row.name}
            </Link>
            <span className="block text-xs text-soft">
              {at === 0 ? (
                'what the others are compared with'
              ) : (
                <Link className="link inline-block min-h-6" href={addressWith(suite, row.submission, entries)}>
                  compare with this one
                </Link>
              )}
            </span>
          </th>
          {columns.map((column) => (
            <td key={column.id} className="py-2 pr-5">
              <EstimateText estimate={column.of(row)} format={column.format} />
            </td>
          ))}
        </tr>
      ))}
    </PlainTable>
  );
}

/** The same comparison with another entry first. */
function addressWith(suite: Suite, first: string, entries: readonly ComparedEntry[]): string {
  const others = entries.map(({ row }) => row.submission).filter((id) => id !== first);
  const query = new URLSearchParams([['suite', suite.id], ...[first, ...others].map((id) => ['entry', id])]);
  return `/compare?${query}`;
}
