import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { type Cheat, cheats } from '@/lib/catalog/cheats.ts';

const label = 'Cheats that only a season stops';

/**
 * The cheats that a public suite leaves above the reference, if flagged, why it can't do more, and what a season does.
 */
export function SeasonTable() {
  return (
    <ScrollTable label={label}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}, and how</caption>
        <ColumnHeads names={['Module', 'Why not in public', 'What a season does']} />
        <tbody>
          {Object.entries<Cheat>(cheats).map(
            ([id, { name, because, season }]) =>
              season && (
                <tr key={id} className="border-b border-line align-top">
                  <th scope="row" className="min-w-40 py-2.5 pr-5 text-left font-semibold">
                    {name}
                  </th>
                  <td className="min-w-64 py-2.5 pr-5">{because}</td>
                  <td className="min-w-64 py-2.5">{season}</td>
                </tr>
              ),
          )}
        </tbody>
      </table>
    </ScrollTable>
  );
}
