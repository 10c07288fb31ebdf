import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { Missing } from '@/app/ui/estimate.tsx';
import { percent } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { CurveLegend, type CurveLine, SmallCurve } from '@/app/ui/small-curve.tsx';
import { StaticPart } from '@/app/ui/static-part.tsx';
import { budgetText, modelName, shortBudget } from '@/app/ui/words.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import { type BudgetCurve, budgetCurves, pointOf } from '@/lib/db/budget-curves.ts';
import type { Occurrence } from '../occurrences.ts';

/** How many entries are drawn and listed, the best of the board first. */
const most = 40;

/** What entries keep under the attack, over its budgets, suite by suite; nothing where none is scored. */
export async function EntryCurves({ occurrences }: { occurrences: readonly Occurrence[] }) {
  const suites = [...new Set(occurrences.map(({ suite }) => suite))];
  const shown = await Promise.all(
    suites.map(async (suite) => {
      const scenarios = occurrences.filter((one) => one.suite === suite).map(({ scenario }) => scenario);
      const ids = scenarios.map(({ id }) => id);
      return { suite, scenarios, curves: await budgetCurves(suite, ids, most) };
    }),
  );
  const any = shown.filter(({ curves }) => curves.length > 0);
  if (any.length === 0) return null;
  return (
    <Section title="What entries keep" aside="attacked rows that get their true label, mean of the seeds">
      <p className="mb-3 max-w-3xl text-sm text-soft">
        The first {most} entries of the board that are scored. Public, unverified numbers.
      </p>
      <CurveLegend
        names={[
          ['other', 'an entry'],
          ['dp-sgd', 'DP-SGD'],
          ['undefended', 'no defense'],
        ]}
      />
      {any.map(({ suite, scenarios, curves }) => (
        <div key={suite.id} className="mt-6 first:mt-0">
          <h3 className="mb-2 font-semibold">{suite.id}</h3>
          <StaticPart as="div" className="grid gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
            {scenarios.map((scenario) => (
              <figure key={scenario.id}>
                <figcaption className="text-sm">{modelName(scenario.model)}</figcaption>
                <SmallCurve
                  label={`What ${curves.length} entries keep on ${scenario.id}: the table has the numbers`}
                  budgets={scenario.budgets.map((budget) => shortBudget(budget, scenario.attack))}
                  lines={curves.map((curve) => lineOf(curve, scenario)).sort(namedLast)}
                />
              </figure>
            ))}
          </StaticPart>
          <EntryTable suite={suite} scenarios={scenarios} curves={curves} />
        </div>
      ))}
    </Section>
  );
}

const lineOf = (curve: BudgetCurve, { id, budgets }: Scenario): CurveLine => ({
  name: curve.submission,
  look: curve.baseline === 'none' ? 'undefended' : curve.baseline === 'dp-sgd' ? 'dp-sgd' : 'other',
  values: budgets.map((budget) => pointOf(curve, id, budget)),
});

/** What the legend names is drawn over the others. */
const namedLast = (a: CurveLine, b: CurveLine) => Number(a.look !== 'other') - Number(b.look !== 'other');

type TableProps = { suite: Suite; scenarios: readonly Scenario[]; curves: readonly BudgetCurve[] };

function EntryTable({ suite, scenarios, curves }: TableProps) {
  const label = `What entries keep on ${suite.id}`;
  const cells = scenarios.flatMap((scenario) => scenario.budgets.map((budget) => ({ scenario, budget })));
  const heads = cells.map(({ scenario, budget }) => `${scenario.id}, ${budgetText(budget, scenario.attack)}`);
  return (
    <details className="mt-4">
      <summary className="text-accent underline underline-offset-4">The numbers as a table</summary>
      <ScrollTable label={label}>
        <table className="mt-2 w-full border-collapse text-sm tabular-nums">
          <caption className="sr-only">{label}, the board’s first entry first</caption>
          <ColumnHeads names={['Entry', ...heads]} />
          <StaticPart as="tbody" className="*:border-b *:border-line [&_td]:py-1.5 [&_td]:pr-5">
            {curves.map((curve) => (
              <tr key={curve.submission}>
                <th scope="row" className="max-w-64 py-1.5 pr-5 text-left font-normal wrap-anywhere">
                  <a className="link" href={`/submissions/${curve.submission}?suite=${suite.id}`}>
                    {curve.name}
                  </a>
                </th>
                {cells.map(({ scenario, budget }) => {
                  const value = pointOf(curve, scenario.id, budget);
                  return (
                    <td key={`${scenario.id} ${budget}`}>
                      {value === null ? <Missing why="not measured at every seed" /> : percent(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </StaticPart>
        </table>
      </ScrollTable>
    </details>
  );
}
