import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { score } from '@/app/ui/numbers.ts';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { kindText } from '@/app/ui/words.ts';
import { type Cheat, type CheatVerdict, cheats, cheatsMeasured } from '@/lib/catalog/cheats.ts';
import { CheatFlags } from './cheat-flags.tsx';

const verdictText: Record<CheatVerdict, { name: string; look: 'plain' | 'caution' }> = {
  below: { name: 'below DP-SGD', look: 'plain' },
  flagged: { name: 'flagged, not ranked', look: 'caution' },
};

const label = 'Modules that try to win without defending';

/** Every cheat with its numbers beside DP-SGD's, and how it ends. */
export function CheatTable() {
  const { reference } = cheatsMeasured;
  return (
    <ScrollTable label={label}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">
          {label}, with their robustness over all families and in the worst one, and how they end
        </caption>
        <ColumnHeads names={['Module', 'Mean', 'Worst', 'How it ends', 'What it tries', 'Because']} />
        <tbody>
          <tr className="border-b border-line bg-sheet">
            <th scope="row" className="py-2.5 pr-5 text-left align-top font-semibold whitespace-nowrap">
              {reference.name}
            </th>
            <td className="py-2.5 pr-5 align-top">{score(reference.mean)}</td>
            <td className="py-2.5 pr-5 align-top">{score(reference.worst)}</td>
            <td colSpan={3} className="py-2.5 text-soft">
              the reference: an honest defense, not a bound
            </td>
          </tr>
          {Object.entries<Cheat>(cheats).map(([id, cheat]) => (
            <tr key={id} id={id} className="border-b border-line align-top">
              <th scope="row" className="min-w-40 py-2.5 pr-5 text-left font-semibold">
                {cheat.name}
                <span className="block text-xs font-normal text-soft">
                  <abbr title={kindText[cheat.kind]}>{cheat.kind}</abbr>
                </span>
              </th>
              <td className="py-2.5 pr-5">{score(cheat.mean)}</td>
              <td className="py-2.5 pr-5">{score(cheat.worst)}</td>
              <td className="py-2.5 pr-5">
                <span className="flex flex-col items-start gap-1">
                  <Tag look={verdictText[cheat.verdict].look}>{verdictText[cheat.verdict].name}</Tag>
                  <CheatFlags flags={cheat.flags} />
                </span>
              </td>
              <td className="min-w-64 py-2.5 pr-5">{cheat.trick}</td>
              <td className="min-w-64 py-2.5 text-soft">{cheat.because}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
