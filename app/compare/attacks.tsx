import Link from 'next/link';
import { EstimateText } from '@/app/ui/estimate.tsx';
import { IntervalPlot, inWords } from '@/app/ui/interval-plot.tsx';
import { score } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { attackName, modelName } from '@/app/ui/words.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import type { Compared } from '@/lib/scoring/compare.ts';
import type { Comparison } from './comparison.ts';

/** Attack by attack: the differences drawn, and as a table with what each entry itself undoes. */
export function Attacks({ suite, comparison: { first, others, scenarios } }: { suite: Suite; comparison: Comparison }) {
  const known = scenarios.filter(({ of }) => of.some((one) => one !== null));
  const names = others.map(({ row }) => row.name);
  return (
    <Section title="Attack by attack" aside={`differences from ${first.row.name}`}>
      <IntervalPlot
        title={`Share of the damage undone, less what ${first.row.name} undoes`}
        about={known
          .map(
            ({ scenario, of }) =>
              `${labelOf(scenario)}: ${of.map((one) => (one ? inWords(one.difference) : '–')).join(', ')}`,
          )
          .join('; ')}
        rows={known.map(({ scenario, of }) => ({
          label: labelOf(scenario),
          strips: of.map((one) => one && { estimate: one.difference }),
        }))}
        series={names}
        columns={2}
        axis="right of 0: better than the first"
      />
      <div className="mt-8">
        <PlainTable
          label="Differences, attack by attack"
          columns={['Attack', 'Family', first.row.name, ...names.map((name) => `${name}, difference`)]}
        >
          {scenarios.map(({ family, scenario, of }) => (
            <tr key={scenario.id} className="border-b border-line align-top">
              <th scope="row" className="py-2 pr-5 text-left font-normal">
                <Link className="link" href={`/attacks/${scenario.attack}`}>
                  {attackName(scenario.attack)}
                </Link>
                <span className="block text-xs text-soft">{modelName(scenario.model)}</span>
              </th>
              <td className="py-2 pr-5">{family}</td>
              <td className="py-2 pr-5">
                <EstimateText estimate={first.row.scenarios[scenario.id]} format={score} />
              </td>
              {others.map(({ row }, at) => (
                <td key={row.submission} className="py-2 pr-5">
                  <Difference compared={of[at]!} />
                </td>
              ))}
            </tr>
          ))}
        </PlainTable>
      </div>
      <p className="mt-3 max-w-3xl text-sm text-soft">
        A dash: the attack does not count on {suite.id}, or one of the two has no number there.
      </p>
    </Section>
  );
}

const labelOf = ({ attack, model }: Scenario) => `${attackName(attack)}, ${modelName(model)}`;

function Difference({ compared }: { compared: Compared }) {
  if (!compared) return <EstimateText estimate={null} format={score} />;
  const { difference, verdict } = compared;
  return (
    <>
      <EstimateText estimate={difference} format={signedScore} />
      {verdict !== 'open' && <Tag look={verdict === 'better' ? 'accent' : 'alarm'}>{verdict}</Tag>}
    </>
  );
}

const signedScore = (value: number) => `${value > 0.005 ? '+' : ''}${score(value)}`;
