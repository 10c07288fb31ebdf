import { Trials } from '@/app/submissions/[submission]/trials.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { attackName, familyInText, modelName } from '@/app/ui/words.ts';
import type { TrialResult } from '@/lib/contract/result.ts';
import type { Suite } from '@/lib/contract/suite.ts';

/** Every trial of an entry, scenario by scenario, the clean runs last. Nothing before the close. */
export function EntryTrials({ suite, trials }: { suite: Suite; trials: readonly TrialResult[] }) {
  if (trials.length === 0) return null;
  const clean = trials.filter(({ budget }) => budget === 0);
  return (
    <Section id="trials" title="Trials" aside={`${trials.length}, public since the close`}>
      <div className="space-y-3">
        {suite.scenarios.map(({ id, attack, model, family, control }) => {
          const own = trials.filter(({ scenario }) => scenario === id);
          return own.length === 0 ? null : (
            <details key={id}>
              <summary>
                <span className="font-semibold">{attackName(attack)}</span>{' '}
                <span className="text-sm text-soft">
                  {familyInText(family)}, on {modelName(model)}
                </span>{' '}
                {control && <Tag>not counted</Tag>}
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
