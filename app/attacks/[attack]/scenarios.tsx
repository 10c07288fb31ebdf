import Link from 'next/link';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { budgetsText, modelName } from '@/app/ui/words.ts';
import type { Scenario } from '@/lib/contract/suite.ts';
import type { Occurrence } from '../occurrences.ts';

/** Every scenario with the attack, and the parameters that it is run with. */
export function Scenarios({ occurrences }: { occurrences: readonly Occurrence[] }) {
  return (
    <Section title="Scenarios and parameters">
      <PlainTable
        label="Scenarios with this attack"
        columns={['Suite', 'Scenario', 'Data set', 'Model', 'Parameters', 'Budgets', 'Seeds']}
      >
        {occurrences.map(({ suite, scenario }) => (
          <tr key={`${suite.id} ${scenario.id}`} className="border-b border-line align-top">
            <td className="py-1.5 pr-5 whitespace-nowrap">
              <Link className="link" href={`/suites/${suite.id}`}>
                {suite.id}
              </Link>
            </td>
            <th scope="row" className="py-1.5 pr-5 text-left font-mono text-xs leading-6 font-normal whitespace-nowrap">
              {scenario.id}
            </th>
            <td className="py-1.5 pr-5 whitespace-nowrap">{scenario.dataset}</td>
            <td className="py-1.5 pr-5 whitespace-nowrap">{modelName(scenario.model)}</td>
            <td className="py-1.5 pr-5">{parametersText(scenario)}</td>
            <td className="py-1.5 pr-5 whitespace-nowrap">{budgetsText(scenario.budgets, scenario.attack)}</td>
            <td className="py-1.5">{suite.seeds.join(', ')}</td>
          </tr>
        ))}
      </PlainTable>
    </Section>
  );
}

const parametersText = ({ params }: Scenario) =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'none';
