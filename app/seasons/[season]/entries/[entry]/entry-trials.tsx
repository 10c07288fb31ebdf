import { Trials } from '@/app/submissions/[submission]/trials.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { attackName, familyInText, modelName } from '@/app/ui/words.ts';
import type { TrialResult } from '@/lib/contract/result.ts';
import type { Suite } from '@/lib/contract/suite.ts';

/** `json`: the address at which programs read them. */
type Props = { suite: Suite; trials: readonly TrialResult[]; json: string };

/** Every trial of an entry, scenario by scenario, the clean runs last. Nothing before the close. */
export function EntryTrials({ suite, trials, json }: Props) {
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
