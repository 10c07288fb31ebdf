import type { Reference } from '@/lib/contract/report.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import { countedCells } from '@/lib/scoring/cells.ts';
import { frontierOf } from '@/lib/scoring/frontier.ts';
import { ColumnHeads } from './column-heads.tsx';
import { EstimateText } from './estimate.tsx';
import { percent, score } from './numbers.ts';
import { Section } from './page-head.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { Tag } from './tag.tsx';
import { familyInText } from './words.ts';

const label = 'Robustness of plain SGD by its number of steps';

/**
 * The control that is no submission: plain SGD stopped early, scored as any row. Nothing where the reference was made
 * without.
 */
export function Frontier({ suite, reference }: { suite: Suite; reference: Reference }) {
  const points = frontierOf(suite, countedCells(suite, reference), reference);
  const means = points.map(({ scores }) => scores.mean?.value ?? -Infinity);
  const best = points[means.indexOf(Math.max(...means))];
  if (!best) return null;
  return (
    <Section id="frontier" title="The under-trained frontier" aside="a control: no defense, and no submission">
      <p className="mb-3 max-w-3xl text-sm text-soft">
        Plain SGD with a full schedule of fewer steps, scored like a row of the board. A model that is trained less
        learns less of the poison too, so that a defense has done something only where it stands above the frontier at
        its own clean accuracy: that is the board’s gain.
        {suite.rules.scoring === 2 &&
          ' There the frontier may take another length for each attack, draw by lot between two, and stop early only where there is poison, so that a defense which does the same gains nothing.'}
      </p>
      <ScrollTable label={label}>
        <table className="border-collapse text-sm">
          <caption className="sr-only">
            {label}, on {suite.id}
          </caption>
          <ColumnHeads names={['Steps', 'Clean accuracy', 'Worst family', 'Mean']} />
          <tbody>
            {points.map((point) => {
              const { steps, cleanAccuracy, scores } = point;
              return (
                <tr key={steps ?? 'all'} className="border-b border-line align-top">
                  <th scope="row" className="py-2 pr-5 text-left font-semibold whitespace-nowrap">
                    {steps ?? 'all, undefended'} {point === best && <Tag look="accent">best mean</Tag>}
                  </th>
                  <td className="py-2 pr-5">{percent(cleanAccuracy)}</td>
                  <td className="py-2 pr-5">
                    <EstimateText estimate={scores.worst} format={score} />
                    {steps !== null && scores.worst && (
                      <span className="block text-xs text-soft">{familyInText(scores.worst.family)}</span>
                    )}
                  </td>
                  <td className="py-2">
                    <EstimateText estimate={scores.mean} format={score} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollTable>
    </Section>
  );
}
