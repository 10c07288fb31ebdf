import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import type { Mean } from '@/lib/studies/paper/table.ts';
import { MeanText } from './comparison-table.tsx';

export type OwnLine = { readonly name: string; readonly means: readonly (Mean | null)[] };

/** Numbers of ours that the source has none beside: one setting a line, a mean with its interval in each column. */
export function OwnTable({
  label,
  head,
  lines,
  formats,
}: {
  label: string;
  head: readonly string[];
  lines: readonly OwnLine[];
  formats: readonly ((value: number) => string)[];
}) {
  return (
    <ScrollTable label={label}>
      <table className="w-full max-w-3xl border-collapse text-sm">
        <caption className="pb-2 text-left font-semibold">{label}</caption>
        <ColumnHeads names={head} />
        <tbody>
          {lines.map(({ name, means }) => (
            <tr key={name} className="border-b border-line align-top">
              <th scope="row" className="py-2 pr-4 text-left font-normal">
                {name}
              </th>
              {means.map((mean, column) => (
                <td key={head[column + 1]} className="py-2 pr-4 whitespace-nowrap">
                  <MeanText mean={mean} format={formats[column]!} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
