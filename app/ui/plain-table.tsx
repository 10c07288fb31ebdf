import type { ReactNode } from 'react';
import { ColumnHeads } from './column-heads.tsx';
import { ScrollTable } from './scroll-table.tsx';

/** A table with one line of heads. Its rows are its children. */
export function PlainTable({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly string[];
  children: ReactNode;
}) {
  return (
    <ScrollTable label={label}>
      <table className="w-full border-collapse text-sm">
        <ColumnHeads names={columns} />
        <tbody>{children}</tbody>
      </table>
    </ScrollTable>
  );
}
