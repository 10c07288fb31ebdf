import Link from 'next/link';
import type { Reference } from '@/lib/contract/report.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import { cellsOf } from '@/lib/scoring/references.ts';
import { ColumnHeads } from './column-heads.tsx';
import { EffectPoints } from './effect-points.tsx';
import { Missing } from './estimate.tsx';
import { percent, score } from './numbers.ts';
import { Section } from './page-head.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { attackName, budgetText, familyName, modelName, whetherCounts } from './words.ts';

/** What each attack does to the undefended model: the damage that scores are shares of. */
export function References({ suite, reference }: { suite: Suite; reference: Reference | null }) {
  if (!reference)
    return (
      <Section title="The undefended model">
        <p className="text-soft">
          Its numbers on {suite.id} are not computed yet, so no share of a damage can be given.
        </p>
      </Section>
    );
  const { backend, version, cpu } = reference.engine;
  return (
    <Section id="undefended" title="The undefended model" aside={`measured on ${backend} ${version}, ${cpu}`}>
      <p className="mb-3 max-w-3xl text-sm text-soft">
        The share of attacked rows given their true label, before and after the attack, over seeds that no defense is
        scored on. An attack counts only if the lower end of its effect is past the gate.
        {suite.rules.scoring === 2 &&
          ' The effect counts the harm to other classes too. Nor does an attack count where one bias a class, tuned on the test rows with full knowledge of it, undoes more than half of its damage.'}
      </p>
      <ScrollTable label="Effect of each attack on the undefended model">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">Effect of each attack on the undefended model</caption>
          <ColumnHeads
            names={[
              ...['Attack', 'Family', 'Model', 'Budget', 'Clean', 'Attacked', 'Effect, 95 % interval'],
              ...(suite.rules.scoring === 2 ? ['By biases'] : []),
              'Counts',
            ]}
          />
          <tbody>
            {cellsOf(suite, reference).map((cell) => {
              const { scenario: id, budget, clean, attacked, effect, bias } = cell;
              const scenario = suite.scenarios.find((one) => one.id === id)!;
              return (
                <tr key={`${id} ${budget}`} className="border-b border-line">
                  <th scope="row" className="py-2 pr-4 text-left font-semibold whitespace-nowrap">
                    <Link className="underline-offset-4 hover:underline" href={`/attacks/${scenario.attack}`}>
                      {attackName(scenario.attack)}
                    </Link>
                  </th>
                  <td className="py-2 pr-4">{familyName[scenario.family]}</td>
                  <td className="py-2 pr-4 whitespace-nowrap">{modelName(scenario.model)}</td>
                  <td className="py-2 pr-4 whitespace-nowrap">{budgetText(budget, scenario.attack)}</td>
                  <td className="py-2 pr-4 whitespace-nowrap">{percent(clean)}</td>
                  <td className="py-2 pr-4 whitespace-nowrap">{percent(attacked)}</td>
                  <td className="py-2 pr-4 whitespace-nowrap">
                    <EffectPoints effect={effect} />
                  </td>
                  {suite.rules.scoring === 2 && (
                    <td className="py-2 pr-4">{bias === undefined ? <Missing /> : score(bias)}</td>
                  )}
                  <td className="py-2">{whetherCounts(scenario, cell)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollTable>
    </Section>
  );
}
