import { Missing } from '@/app/ui/estimate.tsx';
import { percent, points } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { modelName } from '@/app/ui/words.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { ClassRecalls as Recalls } from '@/lib/scoring/entry-cells.ts';
import { suiteClassNames } from '@/lib/suite-examples.ts';

type Props = { suite: Suite; recalls: readonly Recalls[]; measured: boolean; link: string };

/**
 * Whether it keeps every class: without poison, the share of each class's test rows that it calls rightly. `measured`:
 * a clean trial has come in.
 */
export async function ClassRecalls({ suite, recalls, measured, link }: Props) {
  const names = new Map<string, readonly string[]>();
  for (const { dataset } of recalls) names.set(dataset, await suiteClassNames(suite, dataset));
  return (
    <Section
      id="clean"
      title="Without poison"
      aside={
        <a className="link" href={link}>
          each clean trial
        </a>
      }
    >
      {recalls.length === 0 ? (
        <p className="text-soft">
          {measured
            ? 'Its harness did not measure the recall of each class.'
            : 'No trial without poison has come in yet.'}
        </p>
      ) : (
        recalls.map(({ dataset, model, entry, undefended }) => (
          <PlainTable
            key={`${dataset} ${model}`}
            label={`Recall of each class, ${modelName(model)}, ${dataset}`}
            columns={[
              `${modelName(model)}, ${dataset}`,
              ...entry.map((_, label) => names.get(dataset)?.[label] ?? `class ${label}`),
            ]}
          >
            <tr className="border-b border-line tabular-nums">
              <th scope="row" className="py-1.5 pr-5 text-left font-normal">
                recall
              </th>
              {entry.map((value, label) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
                <td key={label} className="py-1.5 pr-5">
                  {percent(value)}
                </td>
              ))}
            </tr>
            <tr className="border-b border-line text-soft tabular-nums">
              <th scope="row" className="py-1.5 pr-5 text-left font-normal whitespace-nowrap">
                against no defense
              </th>
              {entry.map((value, label) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
                <td key={label} className="py-1.5 pr-5">
                  {undefended ? points(value - undefended[label]!) : <Missing why="the reference has no recalls" />}
                </td>
              ))}
            </tr>
          </PlainTable>
        ))
      )}
    </Section>
  );
}
