import { Trials } from '@/app/submissions/[submission]/trials.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { attackName, budgetText, familyInText, modelName } from '@/app/ui/words.ts';
import type { TrialResult } from '@/lib/contract/result.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import type { CountedCell } from '@/lib/scoring/cells.ts';

/** `counted`: the cells that the entry is scored in. `json`: the address at which programs read the trials. */
type Props = { suite: Suite; trials: readonly TrialResult[]; counted: readonly CountedCell[]; json: string };

/** Every trial of an entry, scenario by scenario, the clean runs last. Nothing before the close. */
export function EntryTrials({ suite, trials, counted, json }: Props) {
  if (trials.length === 0) return null;
  const clean = trials.filter(({ budget }) => budget === 0);
  return (
    <Section id="trials" title="Trials" aside={`${trials.length}, public since the close`}>
      <p className="mb-3 max-w-3xl text-sm text-soft">
        Every number, and the results as their runners signed them, are in{' '}
        <a className="link" href={json}>
          the entry’s JSON
        </a>
        .
      </p>
      <div className="space-y-3">
        {suite.scenarios.map((scenario) => {
          const { id, attack, model, family } = scenario;
          const own = trials.filter(({ scenario }) => scenario === id);
          return own.length === 0 ? null : (
            <details key={id}>
              <summary>
                <span className="font-semibold">{attackName(attack)}</span>{' '}
                <span className="text-sm text-soft">
                  {familyInText(family)}, on {modelName(model)}
                </span>{' '}
                <Uncounted scenario={scenario} counted={counted} />
              </summary>
              <Trials label={`Trials of ${id}`} trials={own} />
            </details>
          );
        })}
        {clean.length > 0 && (
          <details>
            <summary className="font-semibold">Without poison</summary>
            <Trials label="Trials without poison" trials={clean} />
          </details>
        )}
      </div>
    </Section>
  );
}

/** Says which cells of a scenario do not count for this entry. */
function Uncounted({ scenario: { id, attack, budgets }, counted }: { scenario: Scenario } & Pick<Props, 'counted'>) {
  const left = budgets.filter((budget) => !counted.some((cell) => cell.scenario === id && cell.budget === budget));
  if (left.length === 0) return null;
  const where = left.length < budgets.length && ` at ${left.map((budget) => budgetText(budget, attack)).join(', ')}`;
  return <Tag>not counted{where}</Tag>;
}
