import type { ReactNode } from 'react';
import { Code } from '@/app/ui/code.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { budgetText } from '@/app/ui/words.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { Example } from '../examples.ts';
import type { Occurrence } from '../occurrences.ts';
import { Picture } from '../picture.tsx';

type PicturesProps = { shown: (Occurrence & { examples: readonly Example[] }) | null; original: string; suite: Suite };

/** Rows of the poison as published, under the clean rows that they were made from. */
export function Pictures({ shown, original, suite }: PicturesProps) {
  if (!shown)
    return (
      <Section title="What it looks like">
        <p className="mb-3 text-soft">
          This site has not built the suite yet, so there is nothing to draw. This builds it anywhere:
        </p>
        <Code label="A command that builds the suite">{`npx antidote suite build ${suite.id} --out ${suite.id}`}</Code>
      </Section>
    );
  const { scenario, examples } = shown;
  const moved = examples.some(({ difference }) => difference);
  return (
    <Section
      title="What it looks like"
      aside={`${shown.suite.id}, ${scenario.id}, ${budgetText(Math.max(...scenario.budgets), scenario.attack)}, seed ${shown.suite.seeds[0]}`}
    >
      <p className="mb-3 max-w-3xl text-sm text-soft">
        As published, before jitter.{' '}
        {moved
          ? 'In the difference, gray is a pixel that stays, lighter one that the poison makes lighter, darker one that it makes darker.'
          : 'Pixels stay as they are; only labels change.'}
      </p>
      <ScrollTable label="Clean rows and poison rows">
        <table className="border-collapse text-sm">
          <thead className="sr-only">
            <tr>
              <td />
              {examples.map(({ row }) => (
                <th key={row} scope="col">
                  Row {row} of the training set
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line name={original} examples={examples}>
              {({ clean, shape, cleanLabel }) => (
                <>
                  <Picture pixels={clean} shape={shape} alt={`Clean: ${cleanLabel}`} />
                  <Label>{cleanLabel}</Label>
                </>
              )}
            </Line>
            <Line name="Poison" examples={examples}>
              {({ poison, shape, cleanLabel, poisonLabel }) => (
                <>
                  <Picture pixels={poison} shape={shape} alt={`Poison, made from: ${cleanLabel}`} />
                  <Label strong={poisonLabel !== cleanLabel}>{poisonLabel}</Label>
                </>
              )}
            </Line>
            {moved && (
              <Line name="Difference" examples={examples}>
                {({ difference, shape, cleanLabel }) =>
                  difference ? (
                    <Picture pixels={difference} shape={shape} alt={`What the poison changes in: ${cleanLabel}`} />
                  ) : (
                    <span className="block w-21 text-xs text-soft">no pixel changes</span>
                  )
                }
              </Line>
            )}
          </tbody>
        </table>
      </ScrollTable>
    </Section>
  );
}

function Line({
  name,
  examples,
  children,
}: {
  name: string;
  examples: readonly Example[];
  children: (example: Example) => ReactNode;
}) {
  return (
    <tr className="align-top">
      <th
        scope="row"
        className="sticky -left-4 w-28 min-w-24 bg-paper pt-1 pr-4 pb-3 max-sm:pl-2 sm:left-0 text-left font-semibold"
      >
        {name}
      </th>
      {examples.map((example) => (
        <td key={example.row} className="min-w-23 pr-2 pb-3">
          {children(example)}
        </td>
      ))}
    </tr>
  );
}

const Label = ({ strong = false, children }: { strong?: boolean; children: ReactNode }) => (
  <span className={`mt-0.5 block text-xs ${strong ? 'font-semibold text-alarm' : 'text-soft'}`}>{children}</span>
);
