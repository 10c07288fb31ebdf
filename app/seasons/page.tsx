import type { Metadata } from 'next';
import Link from 'next/link';
import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { PageHead } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import { listSeasons } from '@/lib/db/seasons.ts';
import { entriesEnd } from './entries-end.ts';

export const metadata: Metadata = {
  title: 'Seasons',
  description: 'Suites drawn from a secret seed on data that nobody was told of, and what each is committed to.',
};

export default async function SeasonsPage() {
  const seasons = await listSeasons();
  return (
    <div className="wide">
      <PageHead title="Seasons">
        <p>
          A public suite can be learned by heart. A season is the same plan, drawn anew from a secret seed, on other
          data.{' '}
          <Link className="link" href="/docs/seasons">
            How a season works
          </Link>
        </p>
      </PageHead>
      {seasons.length > 0 && seasons.every(({ state }) => state === 'closed') && (
        <p className="mb-6 text-soft">No season is open now.</p>
      )}
      {seasons.length === 0 ? (
        <p className="text-soft">No season has been held here yet.</p>
      ) : (
        <ScrollTable label="Seasons">
          <table className="w-full border-collapse text-sm">
            <ColumnHeads names={['Season', 'State', 'Plan', 'Opened', 'Entries until', 'Closed']} />
            <tbody>
              {seasons.map(({ name, state, plan, openedAt, closesAt, closedAt }) => (
                <tr key={name} className="border-b border-line align-top">
                  <th scope="row" className="py-2 pr-5 text-left font-semibold">
                    <Link className="link" href={`/seasons/${name}`}>
                      {name}
                    </Link>
                  </th>
                  <td className="py-2 pr-5">
                    <Tag look={state === 'open' ? 'accent' : 'plain'}>{state}</Tag>
                  </td>
                  <td className="py-2 pr-5">{plan}</td>
                  {[openedAt, entriesEnd({ closesAt, closedAt }), closedAt].map((at, place) => (
                    <td key={['opened', 'until', 'closed'][place]} className="py-2 pr-5">
                      {at === null ? '–' : <When at={at} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollTable>
      )}
    </div>
  );
}
