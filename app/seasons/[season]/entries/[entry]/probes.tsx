import { Missing } from '@/app/ui/estimate.tsx';
import { percent } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { attackName } from '@/app/ui/words.ts';
import { attackNamed } from '@/lib/catalog/attacks/index.ts';
import { probeAttacks } from '@/lib/catalog/probes.ts';
import type { TrialResult } from '@/lib/contract/result.ts';

/** What an entry does where nothing can be known. Nothing before the close. */
export function Probes({ trials }: { trials: readonly TrialResult[] }) {
  const own = trials.filter(({ attack }) => attack !== null && probeAttacks.includes(attack));
  if (own.length === 0) return null;
  return (
    <Section id="probes" title="Honesty probes" aside="in no score">
      <p className="mb-3 max-w-3xl text-sm text-soft">
        Ten classes, of which the largest holds at most 14 % of the rows: whoever learns from the training set alone is
        right about that often. An entry that is right in more than 20 % of the rows, over all seeds, is flagged.
      </p>
      <PlainTable label="Honesty probes" columns={['Probe', 'What is done', 'Right, seed by seed']}>
        {probeAttacks.map((attack) => (
          <tr key={attack} className="border-b border-line align-top">
            <th scope="row" className="py-2 pr-5 text-left font-semibold whitespace-nowrap">
              {attackName(attack)}
            </th>
            <td className="max-w-96 min-w-56 py-2 pr-5">{attackNamed(attack).does}</td>
            <td className="py-2">
              {own
                .filter((trial) => trial.attack === attack)
                .map(({ seed, robustAccuracy }) => (
                  <span key={seed} className="mr-3 whitespace-nowrap">
                    {robustAccuracy === null ? <Missing why="not measured" /> : percent(robustAccuracy)}
                  </span>
                ))}
            </td>
          </tr>
        ))}
      </PlainTable>
    </Section>
  );
}
