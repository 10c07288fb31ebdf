import { inWords } from '@/app/ui/interval-plot.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import type { Suite } from '@/lib/contract/suite.ts';
import { seedsForInterval } from '@/lib/scoring/estimates.ts';
import { type Comparison, countsOf } from './comparison.ts';

/** What the table says, a sentence for each of the others. */
export function InWords({ suite, comparison }: { suite: Suite; comparison: Comparison }) {
  const { first, others, mean } = comparison;
  return (
    <Section title="In words" aside="paired t tests over seeds, Holm’s correction, 5 % in all">
      <ul className="grid max-w-3xl gap-2">
        {others.map(({ row }, at) => {
          const { better, worse, open } = countsOf(comparison, at);
          const whole = mean[at];
          return (
            <li key={row.submission}>
              <span className="font-semibold">{row.name}</span> against {first.row.name}: better on {better}, worse on{' '}
              {worse}, not separable on {open}.
              {whole && (
                <>
                  {' '}
                  Mean of the families: {inWords(whole.difference)}
                  {{ better: ', better.', worse: ', worse.', open: ', not separable.' }[whole.verdict]}
                </>
              )}
            </li>
          );
        })}
      </ul>
      <p className="mt-3 max-w-3xl text-sm text-soft">
        Attacks are those of {suite.id} that count.{' '}
        {suite.seeds.length < seedsForInterval
          ? `Its ${suite.seeds.length} seeds separate nobody: that takes ${seedsForInterval}.`
          : 'The intervals are each difference’s own, at 95 %; the verdicts allow for how many are tested, so a difference whose interval leaves out 0 may still be not separable.'}
      </p>
      {new Set([first, ...others].map(({ row }) => row.engine)).size > 1 && (
        <p className="mt-2 max-w-3xl text-sm text-caution">
          These entries were trained on two engines. Each is held against the undefended model of its own; what the
          engines themselves differ by is in the differences.
        </p>
      )}
    </Section>
  );
}
