import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { Missing } from '@/app/ui/estimate.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import type { Mean, Row } from '@/lib/studies/paper/table.ts';
import { rangeText, short } from './words.ts';

export type Line = {
  readonly row: Row;
  readonly name: string;
  readonly last?: Mean | null;
  readonly format: (value: number) => string;
};

/** The source's numbers and ours, one a line, with the verdict and, where it is not within the tolerance, why. */
export function ComparisonTable({
  label,
  what,
  lines,
  withLast = false,
}: {
  label: string;
  what: string;
  lines: readonly Line[];
  withLast?: boolean;
}) {
  return (
    <ScrollTable label={label}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}</caption>
        <ColumnHeads names={[what, 'Source', 'Ours', ...(withLast ? ['Last epoch'] : []), 'Verdict']} />
        <tbody>
          {lines.map(({ row, name, last, format }) => (
            <tr key={row.id} className="border-b border-line align-top">
              <th scope="row" className="py-2 pr-4 text-left font-normal whitespace-nowrap">
                {name}
              </th>
              <td className="py-2 pr-4 whitespace-nowrap">{rangeText(row.source, format)}</td>
              <td className="py-2 pr-4 whitespace-nowrap">
                <MeanText mean={row.ours} format={format} />
              </td>
              {withLast && (
                <td className="py-2 pr-4 whitespace-nowrap">
                  <MeanText mean={last ?? null} format={format} />
                </td>
              )}
              <td className="min-w-80 py-2">
                <VerdictText row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

export function MeanText({ mean, format }: { mean: Mean | null; format: (value: number) => string }) {
  if (!mean) return <Missing />;
  const { value, low, high, n } = mean;
  return (
    <>
      <span className="block">{format(value)}</span>
      <span className="block text-xs text-soft">
        {low === null || high === null ? `n ${n}` : `${format(low)} to ${format(high)} · n ${n}`}
      </span>
    </>
  );
}

function VerdictText({ row: { verdict, tolerance, note } }: { row: Row }) {
  const look = { within: 'accent', differs: 'caution', 'no data': 'plain' } as const;
  return (
    <>
      <Tag look={look[verdict]}>
        {verdict === 'within' ? `within ${short(tolerance)}` : verdict === 'differs' ? 'differs' : 'not measured'}
      </Tag>
      {note && <span className="mt-1 block text-xs text-soft">{note}</span>}
    </>
  );
}
