import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { percent, points, score } from '@/app/ui/numbers.ts';
import { StaticPart } from '@/app/ui/static-part.tsx';
import { attackName, budgetText, familyInText, modelName } from '@/app/ui/words.ts';
import type { Scenario } from '@/lib/contract/suite.ts';
import { type BudgetCurve, pointOf } from '@/lib/db/budget-curves.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';
import { type EntryCell, stillLost } from '@/lib/scoring/entry-cells.ts';

type Props = {
  about: SubmissionView;
  scenarios: readonly Scenario[];
  cells: readonly EntryCell[];
  dpSgd: BudgetCurve | null;
};
type Column = readonly [name: string, text: (cell: EntryCell) => string | null];

const share = (value: number | null) => (value === null ? null : percent(value));

/** Which of the columns anything is known of. */
function columnsOf(cells: readonly EntryCell[], dpSgd: BudgetCurve | null): Column[] {
  const all: (Column | null)[] = [
    ['Attacked rows right', ({ robust }) => share(robust)],
    dpSgd && ['DP-SGD', ({ scenario, budget }) => share(pointOf(dpSgd, scenario.id, budget))],
    ['No defense', ({ undefended }) => share(undefended)],
    ['Without attack', ({ clean }) => share(clean)],
    ['Still lost', (cell) => (stillLost(cell) === null ? null : points(-stillLost(cell)!))],
    ['Attack success', ({ attackSuccess }) => share(attackSuccess)],
    ['Poison left out', ({ filterRecall }) => share(filterRecall)],
    ['Clean rows left out', ({ filterFalsePositives }) => share(filterFalsePositives)],
  ];
  return all.flatMap((column) => (column && cells.some((cell) => column[1](cell) !== null) ? [column] : []));
}

/** Each cell with its numbers, grouped by scenario; each scenario with its share undone and the way to its trials. */
export function CellTable({ about, scenarios, cells, dpSgd }: Props) {
  const shown = cells.filter(({ trials }) => trials > 0);
  const columns = columnsOf(shown, dpSgd);
  return (
    <table className="w-full border-collapse text-sm tabular-nums">
      <caption className="sr-only">Every cell of the suite, as means over the seeds</caption>
      <ColumnHeads names={['Scenario', 'Budget', ...columns.map(([name]) => name), 'Trials']} />
      <StaticPart
        as="tbody"
        className="*:border-b *:border-line *:align-top [&_td]:py-1.5 [&_td]:pr-5 [&_td]:whitespace-nowrap [&_th]:min-w-44 [&_th]:scroll-mt-4 [&_th]:py-1.5 [&_th]:pr-5 [&_th]:text-left [&_th]:font-normal [&_th:target]:outline-2 [&_th:target]:outline-accent [&_span]:block [&_span]:text-xs"
      >
        {scenarios.flatMap((scenario) =>
          shown
            .filter((cell) => cell.scenario.id === scenario.id)
            .map((cell, place, all) => (
              <tr key={`${scenario.id} ${cell.budget}`}>
                {place === 0 && <Head scenario={scenario} about={about} cells={all} />}
                <td>{budgetText(cell.budget, scenario.attack)}</td>
                {columns.map(([name, text]) => (
                  <td key={name}>{text(cell) ?? '–'}</td>
                ))}
                <td>
                  {cell.trials}
                  {cell.failed > 0 && <b className="font-normal text-alarm">, {cell.failed} failed</b>}
                </td>
              </tr>
            )),
        )}
      </StaticPart>
    </table>
  );
}

function Head({ scenario, about, cells }: { scenario: Scenario; about: SubmissionView; cells: readonly EntryCell[] }) {
  const { id, attack, family, model, dataset } = scenario;
  const undone = about.scores?.scenarios[id];
  return (
    <th id={id} scope="rowgroup" rowSpan={cells.length}>
      <a className="font-semibold underline-offset-4 hover:underline" href={`/attacks/${attack}`}>
        {attackName(attack)}
      </a>
      <span className="text-soft">
        {familyInText(family)}, {modelName(model)}, {dataset}
        {cells.every(({ counts }) => !counts) && '; not counted'}
      </span>
      <span>
        {undone && `undone ${score(undone.value)}, n ${undone.n}; `}
        <a className="link" href={`/submissions/${about.id}/trials?suite=${about.suite}&scenario=${id}`}>
          each trial
        </a>
      </span>
    </th>
  );
}
