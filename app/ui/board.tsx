import type { ReferenceCell } from '@/lib/contract/report.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import type { Shares } from '@/lib/scoring/version-2/estimates.ts';
import { BiasRow } from './bias-row.tsx';
import {
  addressOf,
  beginsGroup,
  columnGroups,
  isBracket,
  scoreColumns,
  shownRows,
  type View,
} from './board-columns.ts';
import { BoardRow } from './board-row.tsx';
import { heatGroups } from './heat-columns.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { SortHead } from './sort-head.tsx';

/**
 * Every row of the standings in one table. The perfect filter and no defense at all stand above and below the others,
 * as brackets. `bias`: what biases alone earn, a control that is no submission.
 */
export function Board({
  suite,
  rows,
  view,
  cells,
  bias = null,
}: {
  suite: Suite;
  rows: readonly Standing[];
  view: View;
  cells: readonly ReferenceCell[] | null;
  bias?: Shares | null;
}) {
  const shown = shownRows(suite, rows, view);
  const between = shown.filter((row) => !isBracket(row));
  const groups = [
    shown.filter(({ baseline }) => baseline === 'oracle-filter'),
    between,
    shown.filter(({ baseline }) => baseline === 'none'),
  ];
  const heat = heatGroups(suite, view.detail, cells);
  const head = (id: string, better: 'higher' | 'lower' | null) => ({
    sorted: view.sort === id ? view.direction : null,
    better,
    href: addressOf(suite, {
      ...view,
      sort: id,
      direction: view.sort === id ? (view.direction === 'asc' ? 'desc' : 'asc') : better === 'higher' ? 'desc' : 'asc',
    }),
  });
  return (
    <ScrollTable label={`Standings on ${suite.id}`}>
      <table className="board w-full border-collapse text-sm">
        <caption className="sr-only">
          Defenses on {suite.id}. Robustness is the share of an attack’s damage that a defense undoes: 0 is no better
          than no defense, 1 is as if there were no attack.
        </caption>
        <thead className="text-left align-bottom">
          <tr className="text-xs text-soft">
            <td className="sticky -left-4 z-1 bg-paper sm:left-0" />
            {columnGroups(suite).map(({ name, columns: { length } }) => (
              <th key={name} scope="colgroup" colSpan={length} className="border-l border-line px-3 pb-1 font-normal">
                {name}
              </th>
            ))}
            {heat.map(({ name, columns: { length } }) => (
              <th key={name} scope="colgroup" colSpan={length} className="border-l border-line px-3 pb-1 font-normal">
                {name}
              </th>
            ))}
          </tr>
          <tr className="border-b border-ink">
            <SortHead
              {...head('name', null)}
              name="Defense"
              className="sticky -left-4 z-1 bg-paper pr-4 max-sm:pl-3.5 sm:left-0"
            />
            {scoreColumns(suite).map((column) => (
              <SortHead
                key={column.id}
                {...head(column.id, column.better)}
                name={column.name}
                hint={column.hint}
                className={`px-3 ${beginsGroup(suite, column) ? 'border-l border-line' : ''}`}
              />
            ))}
            {heat.flatMap((group) =>
              group.columns.map(({ id, name, counts, about }, place) => (
                <SortHead
                  key={id}
                  {...head(id, counts ? 'higher' : null)}
                  name={name}
                  className={`px-2 leading-snug ${place === 0 ? 'border-l border-line pl-3' : ''}`}
                >
                  {about}
                </SortHead>
              )),
            )}
          </tr>
        </thead>
        {groups.map((group, place) =>
          group.length === 0 && !(place === 0 && bias) ? null : (
            <tbody
              key={place === 0 ? 'upper' : place === 1 ? 'rows' : 'lower'}
              className={place === 1 ? '' : 'bg-sheet'}
            >
              {group.map((row) => (
                <BoardRow key={row.submission} suite={suite} row={row} heat={heat} />
              ))}
              {place === 0 && bias && <BiasRow suite={suite} shares={bias} heat={heat} />}
            </tbody>
          ),
        )}
      </table>
    </ScrollTable>
  );
}
