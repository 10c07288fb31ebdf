import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { EffectPoints } from '@/app/ui/effect-points.tsx';
import { percent, points } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { budgetText, modelName, whetherCounts } from '@/app/ui/words.ts';
import { engineText } from '@/lib/contract/engine-text.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import { anyReferenceOf } from '@/lib/scoring/references.ts';
import type { Occurrence } from '../occurrences.ts';
import { EffectChart } from './effect-chart.tsx';

/**
 * What the attack does to the undefended model, suite by suite: a curve over budgets, the same as a table, and whether
 * it counts.
 */
export function Effect({ occurrences }: { occurrences: readonly Occurrence[] }) {
  const suites = [...new Set(occurrences.map(({ suite }) => suite))];
  return (
    <Section title="Effect on the undefended model">
      <p className="max-w-3xl text-sm text-soft">
        How many points of the attacked rows lose their true label, over seeds that no defense is scored on, with 95 %
        intervals. An attack bites where the lower end of its one-sided 95 % interval reaches its gate, and counts only
        where it bites. By the rules of today it counts only where tuned biases undo no more than half of its damage
        too.
      </p>
      {suites.map((suite) => (
        <EffectOn key={suite.id} suite={suite} occurrences={occurrences.filter((one) => one.suite === suite)} />
      ))}
    </Section>
  );
}

function EffectOn({ suite, occurrences }: { suite: Suite; occurrences: readonly Occurrence[] }) {
  const engine = anyReferenceOf(suite)?.engine;
  if (!engine) return <p className="mt-6 text-soft">Its numbers on {suite.id} are not computed yet.</p>;
  const name = attackedOn(suite);
  return (
    <div className="mt-6">
      <h3 className="font-semibold">
        {suite.id} <span className="text-sm font-normal text-soft">measured on {engineText(engine)}</span>
      </h3>
      <EffectChart label={name} occurrences={occurrences} />
      <ScrollTable label={name}>
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{name}</caption>
          <ColumnHeads
            names={['Model', 'Budget', 'Clean', 'Attacked', 'Effect, 95 % interval', 'Gate', 'Bites', 'Counts']}
          />
          <tbody>
            {occurrences.flatMap(({ scenario, gate, cells }) =>
              cells.map((cell) => {
                const { budget, clean, attacked, effect, bites } = cell;
                return (
                  <tr
                    key={`${scenario.id} ${budget}`}
                    className="border-b border-line *:py-1.5 *:pr-5 *:text-left *:whitespace-nowrap"
                  >
                    <th scope="row" className="font-semibold">
                      {modelName(scenario.model)}
                    </th>
                    <td>{budgetText(budget, scenario.attack)}</td>
                    <td>{percent(clean)}</td>
                    <td>{percent(attacked)}</td>
                    <td>
                      <EffectPoints effect={effect} />
                    </td>
                    <td>{100 * gate} points</td>
                    <td>{bites ? 'yes' : 'no'}</td>
                    <td>{whetherCounts(scenario, cell)}</td>
                  </tr>
                );
              }),
            )}
          </tbody>
        </table>
      </ScrollTable>
      {occurrences
        .filter(({ scenario }) => scenario.control)
        .map((occurrence) => (
          <WhyControl key={occurrence.scenario.id} {...occurrence} />
        ))}
    </div>
  );
}

const attackedOn = (suite: Suite) => `Effect of the attack on the undefended model, ${suite.id}`;

/** Controls are shown for what they are: harmless, or there to tell who holds a model of the data. */
function WhyControl({ scenario: { id, attack }, gate, cells }: Occurrence) {
  const { budget, effect, bites } = cells.reduce((most, cell) => (cell.effect.value > most.effect.value ? cell : most));
  const verdict = bites ? 'which passes its gate, but the suite leaves it out' : `and its gate is ${100 * gate}`;
  return (
    <p className="mt-3 max-w-3xl text-sm">
      <span className="font-semibold">{id} is a control</span> and enters no score: even with{' '}
      {budgetText(budget, attack)} its effect is {points(effect.value)} points, {verdict}.{' '}
      {attack === 'renamed-classes'
        ? 'It stays on the board because a model that still knows the classes by their own names has them from elsewhere than the training set: its row is flagged.'
        : 'It stays on the board because a defense must not over-react to it: what a model loses here, its defense has taken.'}
    </p>
  );
}
