import Link from 'next/link';
import { percent, score } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { attackName, budgetText, familyName, modelName } from '@/app/ui/words.ts';
import type { TrialResult } from '@/lib/contract/result.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';
import { Trials } from './trials.tsx';

/**
 * Every trial that has come in, scenario by scenario, the clean runs last; each scenario with what the attack does to
 * the undefended model.
 */
export function TrialTables({ suite, about }: { suite: Suite; about: SubmissionView }) {
  const all = about.evaluation?.trials ?? [];
  if (all.length === 0) return null;
  const clean = all.filter(({ budget }) => budget === 0);
  return (
    <Section title="Trials" aside={`${all.length} so far`}>
      <div className="space-y-10">
        {suite.scenarios.map((scenario) => {
          const trials = all.filter((trial) => trial.scenario === scenario.id);
          return trials.length === 0 ? null : (
            <ScenarioTrials key={scenario.id} scenario={scenario} trials={trials} about={about} />
          );
        })}
        {clean.length > 0 && (
          <div id="clean">
            <h3 className="font-semibold">Without poison</h3>
            <p className="mb-2 text-sm text-soft">Clean runs, for utility. One for each data set, model and seed.</p>
            <Trials label="Trials without poison" trials={clean} />
          </div>
        )}
      </div>
    </Section>
  );
}

function ScenarioTrials({
  scenario,
  trials,
  about,
}: {
  scenario: Scenario;
  trials: TrialResult[];
  about: SubmissionView;
}) {
  const cells = about.reference?.cells.filter((cell) => cell.scenario === scenario.id) ?? [];
  const counts = !scenario.control && cells.some(({ bites }) => bites);
  const undone = about.scores?.scenarios[scenario.id];
  return (
    <div id={scenario.id} className="scroll-mt-4 target:outline-2 target:outline-offset-8 target:outline-accent">
      <h3 className="flex flex-wrap items-baseline gap-x-3 font-semibold">
        <Link className="underline-offset-4 hover:underline" href={`/attacks/${scenario.attack}`}>
          {attackName(scenario.attack)}
        </Link>
        <span className="text-sm font-normal text-soft">
          {familyName[scenario.family].toLowerCase()}, on {modelName(scenario.model)}, {scenario.dataset}
        </span>
        {cells.length > 0 && !counts && <Tag>does not bite: not counted</Tag>}
      </h3>
      <p className="mb-2 max-w-4xl text-sm text-soft tabular-nums">
        {undone && (
          <span className="text-ink">
            Share of the damage undone {score(undone.value)}, n {undone.n}.{' '}
          </span>
        )}
        {cells.map(({ budget, clean, attacked }) => (
          <span key={budget}>
            Undefended: {percent(clean)} of the attacked rows get their true label without the attack,{' '}
            {percent(attacked)} with {budgetText(budget, scenario.attack)}.{' '}
          </span>
        ))}
      </p>
      <Trials label={`Trials of ${attackName(scenario.attack)}`} trials={trials} />
    </div>
  );
}
