import { Missing } from '@/app/ui/estimate.tsx';
import { bytes, percent, seconds } from '@/app/ui/numbers.ts';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { budgetText, modelName, outcomeText } from '@/app/ui/words.ts';
import { wantsLabel } from '@/lib/catalog/aims.ts';
import { attackNamed } from '@/lib/catalog/attacks/index.ts';
import type { TrialResult } from '@/lib/contract/result.ts';

const share = (value: number | null) => (value === null ? <Missing why="not measured" /> : percent(value));

/**
 * One row for each trial: what was measured, or why there is nothing. A column that no row has a use for is left out.
 */
export function Trials({ label, trials }: { label: string; trials: readonly TrialResult[] }) {
  const attacked = trials.some(({ attack }) => attack !== null);
  const hits = trials.some(({ attack }) => attack !== null && wantsLabel(attackNamed(attack)));
  const recalls = trials.some(({ filterRecall }) => filterRecall !== null);
  const filters = trials.some(({ filterFalsePositives }) => filterFalsePositives !== null);
  const measured = [
    ...(attacked ? ['Attacked rows right'] : []),
    ...(hits ? ['Attack success'] : []),
    'Clean accuracy',
    ...(recalls ? ['Poison left out'] : []),
    ...(filters ? ['Clean rows left out'] : []),
    'Time',
    'Memory',
  ];
  return (
    <PlainTable label={label} columns={[attacked ? 'Budget' : 'Model', 'Seed', 'Outcome', ...measured]}>
      {trials.map((trial) => (
        <tr key={`${trial.scenario} ${trial.budget} ${trial.seed}`} className="border-b border-line align-top">
          <td className="py-1.5 pr-5 whitespace-nowrap">
            {trial.attack ? budgetText(trial.budget, trial.attack) : modelName(trial.model)}
          </td>
          <td className="py-1.5 pr-5">{trial.seed}</td>
          <td className="max-w-80 min-w-36 py-1.5 pr-5">
            <OutcomeText trial={trial} />
          </td>
          {attacked && <td className="py-1.5 pr-5">{share(trial.robustAccuracy)}</td>}
          {hits && <td className="py-1.5 pr-5">{share(trial.attackSuccess)}</td>}
          <td className="py-1.5 pr-5">{share(trial.cleanAccuracy)}</td>
          {recalls && <td className="py-1.5 pr-5">{share(trial.filterRecall)}</td>}
          {filters && <td className="py-1.5 pr-5">{share(trial.filterFalsePositives)}</td>}
          <td className="py-1.5 pr-5 whitespace-nowrap">
            {trial.seconds === null ? <Missing why="not measured" /> : seconds(trial.seconds)}
          </td>
          <td className="py-1.5 whitespace-nowrap">
            {trial.peakBytes === null ? <Missing why="not measured" /> : bytes(trial.peakBytes)}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

/** The outcome's own word stands beside it: it is what the API, the report and the command line say. */
function OutcomeText({ trial: { outcome, detail } }: { trial: TrialResult }) {
  if (outcome === 'scored') return 'scored';
  return (
    <>
      <span className={outcome === 'not-run' ? 'text-soft' : 'text-alarm'}>
        {outcomeText[outcome].name} <span className="font-mono text-xs">({outcome})</span>
      </span>
      {detail && <span className="block text-xs text-soft wrap-anywhere">{detail}</span>}
    </>
  );
}
