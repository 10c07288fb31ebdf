import type { Suite } from '@/lib/contract/suite.ts';
import type { Shares } from '@/lib/scoring/version-2/estimates.ts';
import { beginsGroup, type Numbers, scoreColumns } from './board-columns.ts';
import { EstimateText, Missing } from './estimate.tsx';
import { heatClass } from './heat.ts';
import type { HeatColumn } from './heat-columns.tsx';
import { score } from './numbers.ts';
import { Tag } from './tag.tsx';

/** A control that is no submission: the undefended attacked model with biases that were tuned on the test rows. */
export function BiasRow({
  suite,
  shares,
  heat,
}: {
  suite: Suite;
  shares: Shares;
  heat: readonly { columns: readonly HeatColumn[] }[];
}) {
  const row: Numbers = { ...shares, gain: null, utility: null, cost: null };
  return (
    <tr>
      <th scope="row" className="edge-rule bg-sheet">
        <a href={`/suites/${suite.id}#undefended`} className="font-semibold underline-offset-4 hover:underline">
          Tuned biases
        </a>
        <span className="mt-0.5 block text-xs">
          <Tag title="One bias a class on the undefended attacked model, tuned on the test rows for the score itself: what guessing could buy at most, nearly">
            control
          </Tag>
        </span>
      </th>
      {scoreColumns(suite).map((column) => (
        <td key={column.id} className={beginsGroup(suite, column) ? 'first' : undefined}>
          <EstimateText estimate={column.of(row)} format={column.format} />
        </td>
      ))}
      {heat.flatMap((group) =>
        group.columns.map(({ id, of }, place) => {
          const estimate = of(row);
          return (
            <td key={id} className={place === 0 ? 'heat first' : 'heat'}>
              <span className={estimate ? heatClass(estimate.value) : undefined}>
                {estimate ? score(estimate.value) : <Missing />}
                {estimate && <span className="block text-xs">n {estimate.n}</span>}
              </span>
            </td>
          );
        }),
      )}
    </tr>
  );
}
