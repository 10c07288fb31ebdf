import { EstimateText, Missing } from '@/app/ui/estimate.tsx';
import { heatClass } from '@/app/ui/heat.ts';
import { IntervalPlot } from '@/app/ui/interval-plot.tsx';
import { score } from '@/app/ui/numbers.ts';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { familyName } from '@/app/ui/words.ts';
import { type BestByFamily, bestByFamilyOf } from '@/lib/studies/findings/best-by-family.ts';
import type { Table } from '@/lib/studies/findings/table.ts';
import { Finding } from './finding.tsx';
import { bestByFamilyStatement } from './statements.ts';
import { printedFirst } from './ties.ts';
import { listed, shortName } from './words.ts';

export function BestByFamilyFinding({ table }: { table: Table }) {
  const found = bestByFamilyOf(table);
  const { best, rows } = found;
  const names = (one: Best) => listed(firstsOf(found, one).map((id) => shortName[id]));
  return (
    <Finding
      id="best-by-family"
      statement={bestByFamilyStatement(found)}
      reading="In each family the best row is drawn with its 95 % interval and every other as a circle; “alike” are those that no row of the family surely stands before, over all pairs of all families together, and rows on fewer seeds, or that lost more than ten points of clean accuracy, are not compared."
      lacks={
        rows.length < 2 ? `It needs two rows at least; ${rows.length === 0 ? 'none is' : 'one is'} computed yet.` : null
      }
    >
      <IntervalPlot
        title="The best row of each family among all"
        about={best
          .map((one) => {
            const alike = one.alike.filter((id) => !firstsOf(found, one).includes(id)).map((id) => shortName[id]);
            return `${familyName[one.family]}: ${names(one)}${alike.length > 0 ? `, alike ${listed(alike)}` : ''}.`;
          })
          .join(' ')}
        rows={best.map((one) => ({
          label: `${familyName[one.family]}: ${names(one)}, ${score(shareOf(found, one).value)}`,
          strips: [
            {
              estimate: shareOf(found, one),
              dots: rows.flatMap(({ id, families }) =>
                id !== one.id && families[one.family] ? [families[one.family]!.value] : [],
              ),
            },
          ],
        }))}
        axis="share of the damage undone, ρ"
      />
      <HeatTable found={found} />
    </Finding>
  );
}

/** The same as a heat map of rows and families. */
function HeatTable({ found }: { found: BestByFamily }) {
  const { families, rows } = found;
  const label = 'Share of the damage undone, rows in order, by family';
  return (
    <ScrollTable label={label}>
      <table className="mt-8 border-collapse text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="border-b border-rule text-left">
          <tr>
            {['Row', ...families.map((family) => familyName[family]), 'Worst', 'Mean'].map((name) => (
              <th
                key={name}
                scope="col"
                className="px-1.5 py-1.5 align-bottom font-semibold whitespace-nowrap first:pl-0"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, submission, collapsed, families: own, worst, mean }) => (
            <tr key={id} className="border-b border-line">
              <th
                scope="row"
                className="sticky -left-4 bg-paper py-1.5 pr-4 text-left font-normal whitespace-nowrap sm:left-0"
              >
                <a href={`/submissions/${submission}`} className="underline-offset-4 hover:underline">
                  {shortName[id]}
                </a>{' '}
                {collapsed && <Tag look="caution">collapsed</Tag>}
              </th>
              {families.map((family) => (
                <td key={family} className="p-0.5 align-top">
                  {own[family] ? (
                    <span className={`block min-w-24 rounded-xs px-2 py-1 ${heatClass(own[family].value)}`}>
                      {score(own[family].value)}
                      <span className="float-right pl-2 text-xs leading-6">{standingIn(found, family, id)}</span>
                      <span className="block text-xs whitespace-nowrap">
                        {own[family].low !== null &&
                          own[family].high !== null &&
                          `${score(own[family].low)} to ${score(own[family].high)}`}
                      </span>
                    </span>
                  ) : (
                    <Missing />
                  )}
                </td>
              ))}
              <td className="px-2 py-1.5 align-top whitespace-nowrap">
                <EstimateText estimate={worst} format={score} />
              </td>
              <td className="px-2 py-1.5 align-top whitespace-nowrap">
                <EstimateText estimate={mean} format={score} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

type Best = BestByFamily['best'][number];

const shareOf = ({ rows }: BestByFamily, { family, id }: Pick<Best, 'family' | 'id'>) =>
  rows.find((row) => row.id === id)!.families[family]!;

/** Those whose share in the family is printed as the largest, of whom none is surely behind another there. */
const firstsOf = (found: BestByFamily, { family, id, alike }: Best) =>
  printedFirst([id, ...alike], (one) => score(shareOf(found, { family, id: one }).value));

function standingIn(found: BestByFamily, family: string, id: string): string {
  const best = found.best.find((one) => one.family === family);
  if (!best) return '';
  if (firstsOf(found, best).some((one) => one === id)) return 'best';
  return best.alike.some((one) => one === id) ? 'alike' : '';
}
