import type { Suite } from '@/lib/contract/suite.ts';
import type { Shares } from '@/lib/scoring/version-2/estimates.ts';
import type { Numbers as Numbered } from './board-columns.ts';
import { Numbers, type ShownColumns } from './board-row.tsx';
import { DefinedWord } from './definition.tsx';
import { Missing } from './estimate.tsx';
import { heatClass } from './heat.ts';
import { score } from './numbers.ts';

/** A control that is no submission: the undefended attacked model with biases that were tuned on the test rows. */
export function BiasRow({ suite, shares, columns }: { suite: Suite; shares: Shares; columns: ShownColumns }) {
  const row: Numbered = { ...shares, gain: null, utility: null, cost: null };
  const seeds = suite.seeds.length;
  return (
    <tr>
      <th scope="row" className="edge-rule">
        <a href={`/suites/${suite.id}#undefended`}>Tuned biases</a>
        <span className="about">
          <DefinedWord id="tuned-biases" className="mark">
            control
          </DefinedWord>
        </span>
      </th>
      {columns.places && (
        <td className="first">
          <Missing why="it is no entry" />
        </td>
      )}
      {columns.scores.map((column) => (
        <td key={column.id} className={columns.begins.has(column.id) ? 'first' : undefined}>
          <Numbers estimate={column.of(row)} column={column} seeds={seeds} />
        </td>
      ))}
      {columns.facts.map(({ id }) => (
        <td key={id} className={columns.begins.has(id) ? 'first' : undefined}>
          <Missing why="it is no entry" />
        </td>
      ))}
      {columns.heat.flatMap((group) =>
        group.columns.map(({ id, of }, place) => {
          const estimate = of(row);
          return (
            <td key={id} className={place === 0 ? 'heat first' : 'heat'}>
              <span className={estimate ? heatClass(estimate.value) : undefined}>
                {estimate ? score(estimate.value) : <Missing />}
                {estimate && estimate.n !== seeds && <span className="block text-xs">n {estimate.n}</span>}
              </span>
            </td>
          );
        }),
      )}
    </tr>
  );
}
