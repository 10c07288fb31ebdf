import { EstimateText } from '@/app/ui/estimate.tsx';
import { Gauge } from '@/app/ui/gauge.tsx';
import { points, score, times } from '@/app/ui/numbers.ts';
import { familyInText, familyName, stoppedEarly } from '@/app/ui/words.ts';
import type { Estimate, Scores } from '@/lib/contract/report.ts';
import { rankedBy, type Suite } from '@/lib/contract/suite.ts';

/** The four numbers that stand on the board, and the robustness against each family of attacks. */
export function ScoreSheet({ suite, scores }: { suite: Suite; scores: Scores }) {
  const { worst, mean, gain, utility, cost } = scores;
  type Number = [string, string, Estimate | null, (value: number) => string];
  const ranks: Number[] = [
    ['Worst family', worst ? familyInText(worst.family) : 'share of the damage undone', worst, score],
    ['Mean', 'over attack families', mean, score],
  ];
  const main: Number[] = [
    ...(rankedBy(suite) === 'mean' ? ranks.reverse() : ranks),
    ['Utility', 'points of clean accuracy', utility, points],
    ['Cost', 'of undefended training', cost, times],
  ];
  const edges = [
    '',
    'border-l border-line pl-4',
    'border-t border-line lg:border-t-0 lg:border-l lg:pl-4',
    'border-t border-l border-line pl-4 lg:border-t-0',
  ];
  return (
    <>
      <dl className="grid grid-cols-2 border-y border-ink lg:grid-cols-4">
        {main.map(([name, about, estimate, format], place) => (
          <div key={name} className={`py-4 pr-4 ${edges[place]}`}>
            <dt className="text-sm">
              <span className="font-semibold">{name}</span> <span className="text-soft">{about}</span>
            </dt>
            <dd className="mt-1 text-3xl font-semibold tracking-tight *:last:font-normal *:last:tracking-normal">
              <EstimateText estimate={estimate} format={format} />
            </dd>
          </div>
        ))}
      </dl>
      {gain && (
        <p className="mt-4 max-w-4xl text-sm text-soft">
          <span className="font-semibold text-ink">Gain over under-training {score(gain.value)}</span>, n {gain.n}:{' '}
          {rankedBy(suite) === 'mean'
            ? `its mean, less ${stoppedEarly}.`
            : 'its worst family, less that of the best plain SGD, however short its schedule, whose clean accuracy is no lower.'}
        </p>
      )}
      <ul className="mt-4 flex flex-wrap gap-x-10 gap-y-2 text-sm">
        {[...new Set(suite.scenarios.map(({ family }) => family))].map((family) => {
          const estimate = scores.families[family] ?? null;
          const ownGain = scores.gains?.[family];
          return (
            <li key={family} className="flex items-center gap-3 tabular-nums">
              <span className="text-soft">{familyName[family]}</span>
              <span className="font-semibold">{estimate ? score(estimate.value) : '–'}</span>
              <Gauge estimate={estimate} />
              {ownGain && <span className="text-soft">gain {score(ownGain.value)}</span>}
            </li>
          );
        })}
      </ul>
      {scores.chosen && scores.chosen.length > 0 && (
        <p className="mt-4 max-w-4xl text-sm text-soft">
          Its worst adaptive attack, chosen on the even seeds for the odd ones and the other way round:{' '}
          {scores.chosen
            .map(({ scenario, budget, seeds }) => `${scenario} at ${budget} (${seedsText(seeds, suite)})`)
            .join('; ')}
          .
        </p>
      )}
    </>
  );
}

const seedsText = (seeds: readonly number[], { seeds: all }: Suite) =>
  seeds.length === all.length ? 'all seeds, as both halves chose it' : `seeds ${seeds.join(', ')}`;
