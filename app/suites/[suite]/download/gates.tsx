import type { ReactNode } from 'react';
import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { shortDigest } from '@/app/ui/numbers.ts';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { budgetText } from '@/app/ui/words.ts';
import { type Gates, type LeakTest, leakBounds, type TrialLeak, trialLeakBounds } from '@/lib/contract/gates.ts';
import type { Suite } from '@/lib/contract/suite.ts';

const featureName: Record<LeakTest['feature'], string> = {
  place: 'place in the file',
  duplicates: 'exact copies',
  residue: 'residue of floats',
};

const wholeName: Record<TrialLeak['feature'], string> = {
  labels: 'rows of each label',
  twins: 'near-twins',
};
const toldName: Record<TrialLeak['tells'], string> = {
  clean: 'whether there is poison',
  attack: 'the attack',
  rate: 'its rate',
  target: 'its target',
};

const budgetIn = ({ scenarios }: Suite, cell: { scenario: string; budget: number }) => {
  const scenario = scenarios.find(({ id }) => id === cell.scenario);
  return scenario ? budgetText(cell.budget, scenario.attack) : `${cell.budget}`;
};

/** What the suite was tested for before it was published, a row for each test, failed ones included. */
export function GateTable({ suite, gates }: { suite: Suite; gates: Gates }) {
  const { calibration, leaks, determinism, budgets } = gates;
  return (
    <ScrollTable label="What the suite was tested for">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">What the suite was tested for</caption>
        <ColumnHeads names={['Gate', 'Result', 'Found']} />
        <tbody>
          {calibration.map(({ backend, cells, ok }) => (
            <Row key={backend} name={`Calibration, ${backend}`} ok={ok}>
              {cells.filter(({ bites }) => bites).length} of {cells.length} attacks bite the undefended model, and{' '}
              {cells.filter(({ counts }) => counts).length} count,{' '}
              {ok ? 'in every family that is scored' : 'not one in every family that is scored'}; the others are shown
              and never count
            </Row>
          ))}
          {leaks.tests.map(({ feature, p, auc, ok }) => (
            <Row key={feature} name={`Leak lint, ${featureName[feature]}`} ok={ok}>
              p = {p.toFixed(4)} over {leaks.cells} cells, want above {leakBounds.p}
              {auc && (
                <>
                  ; area under the curve {auc.value.toFixed(3)} at the farthest, want within {leakBounds.auc} of .5
                  {auc.value !== 0.5 && ` (${auc.scenario}, ${budgetIn(suite, auc)}, seed ${auc.seed})`}
                </>
              )}
            </Row>
          ))}
          {leaks.trials?.map(({ dataset, model, feature, tells, of, auc, ok }) => (
            <Row key={`${dataset} ${model} ${feature} ${tells}`} name={`Leak lint, ${wholeName[feature]}`} ok={ok}>
              tell {toldName[tells]} on {model} with an area under the curve of {auc.toFixed(3)}
              {of !== tells && ` (${of})`}, want within {trialLeakBounds.auc} of .5
              {tells === 'target' && ', or what chance may do with so many draws'}
            </Row>
          ))}
          {leaks.broken.length > 0 && (
            <Row name="Leak lint, copies" ok={false}>
              {leaks.broken.join('; ')}
            </Row>
          )}
          <Row name="Determinism" ok={determinism.ok}>
            {determinism.builds
              .map(
                ({ nativeEngine, digest }) =>
                  `${shortDigest(digest)} ${nativeEngine ? 'with' : 'without'} the native engine`,
              )
              .join(', ')}
          </Row>
          <Row name="Budgets" ok={budgets.ok}>
            {budgets.ok
              ? `${budgets.cells} cells: no more rows than the budget allows, bytes for pixels, the same number of rows in every trial`
              : budgets.broken.join('; ')}
          </Row>
        </tbody>
      </table>
    </ScrollTable>
  );
}

function Row({ name, ok, children }: { name: string; ok: boolean; children: ReactNode }) {
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="py-1.5 pr-5 text-left font-normal whitespace-nowrap">
        {name}
      </th>
      <td className={`py-1.5 pr-5 ${ok ? '' : 'font-semibold text-alarm'}`}>{ok ? 'passed' : 'failed'}</td>
      <td className="min-w-72 py-1.5 text-soft">{children}</td>
    </tr>
  );
}
