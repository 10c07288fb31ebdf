import Link from 'next/link';
import { percent } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import type { Similar } from '@/lib/db/season-similarity.ts';

/** For organizers: the entries whose code this one’s is like. */
export function SimilarCode({ season, similar }: { season: string; similar: readonly Similar[] }) {
  return (
    <Section id="similar" title="Similar code" aside="seen by organizers">
      <p className="mb-3 max-w-3xl text-sm text-soft">
        The share of the shorter module’s runs of eight tokens that also stand in the other, names and numbers aside.
        Short modules of the same idea are alike by themselves.
      </p>
      {similar.length === 0 ? (
        <p className="text-soft">No other entry of this season shares as much as 30 %.</p>
      ) : (
        <PlainTable label="Entries with similar code" columns={['Entry', 'Author', 'Shared']}>
          {similar.map(({ entry, name, author, share }) => (
            <tr key={entry} className="border-b border-line">
              <th scope="row" className="py-1.5 pr-5 text-left font-normal">
                <Link className="link" href={`/seasons/${season}/entries/${entry}`}>
                  {name}
                </Link>
              </th>
              <td className="py-1.5 pr-5">{author}</td>
              <td className="py-1.5">{percent(share, 0)}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
}
