import type { ReactNode } from 'react';
import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { StaticPart } from '@/app/ui/static-part.tsx';
import type { BaselineId } from '@/lib/catalog/baselines/index.ts';
import { titles } from './titles.ts';
import { listedApart, shortName } from './words.ts';

type Props = {
  id: keyof typeof titles;
  /** What the plot shows; null where there is nothing to show. */
  statement: string | null;
  reading: string;
  /** Rows that it would show if they were there. */
  missing?: readonly BaselineId[];
  /** What else it lacks. */
  lacks?: string | null;
  children: ReactNode;
};

/** A finding: what it says, how its plot is read, what it lacks, the plot. */
export function Finding({ id, statement, reading, missing = [], lacks, children }: Props) {
  return (
    <Section id={id} title={titles[id]}>
      {statement && <p className="max-w-3xl text-base">{unbroken(statement)}</p>}
      {statement && <p className="mt-2 max-w-3xl text-sm text-soft">{unbroken(reading)}</p>}
      {lacks && <p className="mt-2 max-w-3xl text-sm text-caution">{lacks}</p>}
      {missing.length > 0 && (
        <p className="mt-2 max-w-3xl text-sm text-caution">
          It needs the {missing.length === 1 ? 'row' : 'rows'} of{' '}
          {unbroken(listedApart(missing.map((one) => shortName[one])))}, not computed yet.
        </p>
      )}
      {statement && (
        <StaticPart as="div" className="mt-6">
          {children}
        </StaticPart>
      )}
    </Section>
  );
}

/** A number is not parted from its unit. */
const unbroken = (text: string) => text.replace(/(\d) %/g, '$1\u00a0%').replace(/([Cσρτk]) (−?\d)/g, '$1\u00a0$2');

type TableProps = {
  label: string;
  heads: readonly string[];
  rows: readonly { readonly key: string; readonly name: ReactNode; readonly cells: readonly ReactNode[] }[];
};

/** What was plotted, as numbers: folded up under the plot. */
export function PlottedValues({ label, heads, rows }: TableProps) {
  return (
    <details className="mt-4">
      <summary className="link w-fit py-1 text-sm">Table: {label}</summary>
      <ScrollTable label={label}>
        <table className="mt-2 border-collapse text-sm">
          <caption className="sr-only">{label}</caption>
          <ColumnHeads names={heads} />
          <tbody className="*:border-b *:border-line *:align-top *:*:py-1.5 *:*:pr-5 *:*:text-left *:*:font-normal *:*:whitespace-nowrap">
            {rows.map(({ key, name, cells }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {cells.map((cell, place) => (
                  <td key={heads[place + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </details>
  );
}
