import Link from 'next/link';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { StateTag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import type { SeasonRow } from '@/lib/db/season-rows.ts';
import { Marks } from './marks.tsx';

/** Who takes part in a season that is not closed. Numbers are withheld; an author sees how far one's own have come. */
export function Entries({ season, rows }: { season: string; rows: readonly SeasonRow[] }) {
  if (rows.length === 0) return <p className="text-soft">Nobody has entered yet.</p>;
  return (
    <PlainTable label={`Entries of season ${season}`} columns={['Entry', 'Author', 'Entered', 'State']}>
      {rows.map((row) => (
        <tr key={row.id} className="border-b border-line align-top">
          <th scope="row" className="max-w-72 min-w-44 py-2 pr-5 text-left font-normal">
            <Link className="link font-semibold wrap-anywhere" href={`/seasons/${season}/entries/${row.id}`}>
              {row.name}
            </Link>
            <Marks row={row} closed={false} />
          </th>
          <td className="min-w-24 py-2 pr-5 wrap-anywhere">{row.author}</td>
          <td className="py-2 pr-5">
            <When at={row.enteredAt} />
          </td>
          <td className="py-2">
            {row.state ? <StateTag state={row.state} /> : <span className="text-soft">withheld</span>}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}
