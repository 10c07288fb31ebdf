import { rankedBy, type Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { openPlaces } from '@/lib/scoring/open-places.ts';
import type { Undefended } from '@/lib/scoring/undefended.ts';
import { BiasRow } from './bias-row.tsx';
import { columnGroups, facts, isBracket, placesId } from './board-columns.ts';
import { BoardHead } from './board-head.tsx';
import { BoardRow, type ShownColumns } from './board-row.tsx';
import { shownRows } from './board-rows.ts';
import type { View } from './board-view.ts';
import { Definition } from './definition.tsx';
import { heatGroups } from './heat-columns.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { StaticPart } from './static-part.tsx';
import { flagText, kindText, markText } from './words.ts';

/**
 * The rows of the standings that the view asks for, in one table. The perfect filter and no defense at all stand above
 * and below the others, as brackets. Open places are among all entries but the brackets and controls, shown or not.
 */
export function Board({
  suite,
  rows,
  view,
  undefended,
}: {
  suite: Suite;
  rows: readonly Standing[];
  view: View;
  undefended: Pick<Undefended, 'cells' | 'bias'>;
}) {
  const { cells, bias } = undefended;
  const shown = shownRows(suite, rows, view);
  const groups = [
    shown.filter(({ baseline }) => baseline === 'oracle-filter'),
    shown.filter((row) => !isBracket(row)),
    shown.filter(({ baseline }) => baseline === 'none'),
  ];
  const columns = shownColumns(suite, view, cells);
  const open = placesOf(suite, rows);
  const width =
    1 +
    Number(columns.places) +
    columns.scores.length +
    columns.facts.length +
    columns.heat.flatMap((one) => one.columns).length;
  return (
    <>
      <div className="broad">
        <ScrollTable label={`Standings on ${suite.id}`}>
          <table className="board">
            <caption className="sr-only">
              Defenses on {suite.id}. Robustness is the share of an attack’s damage that a defense undoes: 0 is no
              better than no defense, 1 is as if there were no attack.
            </caption>
            <BoardHead suite={suite} view={view} columns={columns} ranked={rows.some(({ rank }) => rank !== null)} />
            {groups.map((group, place) =>
              group.length === 0 && !(place === 0 && bias) && place !== 1 ? null : (
                <StaticPart
                  as="tbody"
                  key={['upper', 'rows', 'lower'][place]}
                  className={place === 1 ? undefined : 'bracket'}
                >
                  {group.map((row) => (
                    <BoardRow
                      key={row.submission}
                      suite={suite}
                      row={row}
                      columns={columns}
                      places={{ open: open.get(row.submission) ?? null, of: open.size }}
                    />
                  ))}
                  {place === 0 && bias && <BiasRow suite={suite} shares={bias} columns={columns} />}
                  {place === 1 && group.length === 0 && (
                    <tr>
                      <td colSpan={width} className="nothing">
                        No entry is like that.
                      </td>
                    </tr>
                  )}
                </StaticPart>
              ),
            )}
          </table>
        </ScrollTable>
      </div>
      <Meanings rows={shown} withBias={bias !== null} />
    </>
  );
}

function shownColumns(suite: Suite, { columns, detail }: View, cells: Undefended['cells']): ShownColumns {
  const groups = columnGroups(suite, columns);
  const told = facts.filter(({ id }) => columns.includes(id));
  return {
    places: columns.includes(placesId),
    scores: groups.flatMap((group) => group.columns),
    facts: told,
    begins: new Set([...groups.map((group) => group.columns[0]!.id), ...told.slice(0, 1).map(({ id }) => id)]),
    heat: detail === 'none' ? [] : heatGroups(suite, detail, cells),
  };
}

/** A control knows the truth, so it takes nobody’s place. */
const placesOf = (suite: Suite, rows: readonly Standing[]) =>
  openPlaces(
    rows
      .filter((row) => row.kind !== 'control' && !isBracket(row))
      .map((row) => ({ id: row.submission, estimate: row[rankedBy(suite)], last: row.flags.includes('collapsed') })),
  );

/** What the marks of these rows mean. */
function Meanings({ rows, withBias }: { rows: readonly Standing[]; withBias: boolean }) {
  const used = new Set(rows.flatMap(({ kind, flags }) => [kind, ...flags]));
  const meanings = { ...kindText, ...flagText, ...markText } as Record<string, string>;
  const always = Object.keys(markText);
  return (
    <>
      {[...always, ...used].map((id) => (
        <Definition key={id} id={id}>
          {meanings[id] ?? id}.
        </Definition>
      ))}
      {withBias && (
        <Definition id="tuned-biases">
          The undefended attacked model, with a number added to each class’s score. The numbers are tuned on the test
          rows, by somebody who knows the attack. It shows about how much guessing can buy.
        </Definition>
      )}
    </>
  );
}
