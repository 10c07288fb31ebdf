import { attackName } from '@/app/ui/words.ts';
import type { TrialResult } from '@/lib/contract/result.ts';
import { type Suite, trialsOf } from '@/lib/contract/suite.ts';

type Props = { suite: Suite; trials: readonly TrialResult[] };

/** How many trials of each scenario have come in, of how many; the clean runs last. */
export function ScenarioProgress({ suite, trials }: Props) {
  const asked = trialsOf(suite);
  const known = new Map(suite.scenarios.map((scenario) => [scenario.id, scenario]));
  const rows = [
    ...suite.scenarios.map(({ id, attack, model }) => ({ id, name: `${attackName(attack)}, ${model}` })),
    { id: null, name: 'Without poison' },
  ];
  return (
    <ul aria-label="Trials so far" className="mt-3 grid gap-x-8 gap-y-1 text-sm sm:grid-cols-2 lg:grid-cols-3">
      {rows.map(({ id, name }) => {
        const of = ({ scenario }: { scenario: string }) => (id === null ? !known.has(scenario) : scenario === id);
        const [done, all] = [trials.filter(of).length, asked.filter(of).length];
        return (
          <li key={name} className="flex items-baseline justify-between gap-4">
            <span className={done === all ? 'text-soft' : ''}>{name}</span>
            <span className="whitespace-nowrap tabular-nums">
              {done} of {all}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
