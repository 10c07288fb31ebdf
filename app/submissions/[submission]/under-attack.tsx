import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { CurveLegend, type CurveLine, SmallCurve } from '@/app/ui/small-curve.tsx';
import { StaticPart } from '@/app/ui/static-part.tsx';
import { attackName, modelName, shortBudget } from '@/app/ui/words.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import { type BudgetCurve, pointOf } from '@/lib/db/budget-curves.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';
import type { EntryCell } from '@/lib/scoring/entry-cells.ts';
import { CellTable } from './cell-table.tsx';

type Props = { suite: Suite; about: SubmissionView; cells: readonly EntryCell[]; dpSgd: BudgetCurve | null };

/** Every scenario of the suite: the entry over the budgets beside DP-SGD and no defense, and the same as a table. */
export function UnderAttack({ suite, about, cells, dpSgd }: Props) {
  if (cells.length === 0) return <TrialsOnly suite={suite} about={about} />;
  const measured = suite.scenarios.filter(({ id }) => cells.some((cell) => cell.scenario.id === id && cell.trials > 0));
  if (measured.length === 0) return null;
  const isDpSgd = dpSgd?.submission === about.id;
  const other = isDpSgd ? null : dpSgd;
  return (
    <Section id="under-attack" title="Under attack" aside="attacked rows that get their true label, mean of the seeds">
      <CurveLegend
        names={[['entry', about.name], ...(other ? [['dp-sgd', 'DP-SGD'] as const] : []), ['undefended', 'no defense']]}
      />
      <StaticPart as="ul" className="grid grid-cols-2 gap-x-5 gap-y-5 sm:grid-cols-3 sm:gap-x-8 lg:grid-cols-4">
        {measured.map((scenario) => (
          <li key={scenario.id}>
            <Curve scenario={scenario} cells={cells} dpSgd={other} />
          </li>
        ))}
      </StaticPart>
      <div className="mt-8">
        <ScrollTable label="Every cell">
          <CellTable about={about} scenarios={measured} cells={cells} dpSgd={other} />
        </ScrollTable>
      </div>
    </Section>
  );
}

/** Where the engine has no reference yet there is nothing to hold the numbers against. */
function TrialsOnly({ suite, about }: { suite: Suite; about: SubmissionView }) {
  const trials = about.evaluation?.trials ?? [];
  const measured = suite.scenarios.filter(({ id }) => trials.some(({ scenario }) => scenario === id));
  if (measured.length === 0) return null;
  return (
    <Section id="under-attack" title="Under attack" aside="its engine has no reference yet">
      <ul className="grid gap-1">
        {measured.map(({ id, attack, model }) => (
          <li key={id} id={id}>
            <a className="link" href={`/submissions/${about.id}/trials?suite=${suite.id}&scenario=${id}`}>
              {attackName(attack)} on {modelName(model)}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Shown = { scenario: Scenario; cells: readonly EntryCell[]; dpSgd: BudgetCurve | null };

function Curve({ scenario, cells, dpSgd }: Shown) {
  const { id, attack, budgets, model } = scenario;
  const own = cells.filter((cell) => cell.scenario.id === id);
  const lines: CurveLine[] = [
    { name: 'no defense', look: 'undefended', values: [own[0]!.clean, ...own.map(({ undefended }) => undefended)] },
    ...(dpSgd
      ? [
          {
            name: 'DP-SGD',
            look: 'dp-sgd' as const,
            values: [null, ...own.map(({ budget }) => pointOf(dpSgd, id, budget))],
          },
        ]
      : []),
    { name: 'this entry', look: 'entry', values: [null, ...own.map(({ robust }) => robust)] },
  ];
  const label = `${attackName(attack)}, ${model}: see the table`;
  return (
    <>
      <p className="mb-1 text-sm leading-tight">
        <a className="underline-offset-4 hover:underline" href={`#${id}`}>
          {attackName(attack)}
        </a>{' '}
        <span className="text-soft">{model}</span>
      </p>
      <SmallCurve
        label={label}
        budgets={['0', ...budgets.map((budget) => shortBudget(budget, attack))]}
        lines={lines}
      />
    </>
  );
}
