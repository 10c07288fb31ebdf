import { EstimateText } from '@/app/ui/estimate.tsx';
import { score } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { engineText } from '@/lib/contract/engine-text.ts';
import type { OwnRun as Run } from '@/lib/db/own-run.ts';

/** What the author measured at home, and whether the runner found the same. */
export function OwnRun({ ownRun: { engine, trials, same, scores } }: { ownRun: Run }) {
  const numbers = scores
    ? ([
        ['worst family', scores.worst],
        ['mean', scores.mean],
      ] as const)
    : [];
  return (
    <Section title="The author’s own run" aside="a claim, never on the board">
      <p className="max-w-3xl">
        {trials} trials on {engineText(engine)}.{' '}
        {same === null
          ? 'The runner used another engine or has not been through all of them, so trials are not compared.'
          : same === trials
            ? 'Every one is the runner’s to the last bit.'
            : `${same} of them are the runner’s to the last bit; the others differ.`}
      </p>
      <dl className="mt-3 flex flex-wrap gap-x-10 gap-y-2 text-sm">
        {numbers.map(([name, estimate]) => (
          <div key={name} className="flex items-baseline gap-3">
            <dt className="text-soft">{name}</dt>
            <dd>
              <EstimateText estimate={estimate} format={score} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
