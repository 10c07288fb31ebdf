import { type Finding, surelyAbove } from './finding.ts';
import type { IndiscriminateRun } from './results.ts';
import type { ShapingId } from './shapings.ts';
import { artifactCurve, type Mean, meanOf, type Results } from './table.ts';
import { targetedFindings } from './targeted-findings.ts';

/** Each claim is decided by the interval of a difference, paired by seed. */
export const findingsOf = (results: Results): Finding[] => [
  flipsCostLittle(results),
  clippingWinsBack(results),
  slabIsNotHelped(results),
  artifacts(results),
  ...targetedFindings(results),
];

const unknown = (claim: string): Finding => ({ claim, verdict: null, answer: '' });

/** In points, with its interval. */
function pointsOf({ value, low, high }: Mean): string {
  const points = (share: number) => (100 * share).toFixed(2).replace('-', '−');
  return low === null || high === null ? points(value) : `${points(value)} [${points(low)}, ${points(high)}]`;
}

type Run = Pick<IndiscriminateRun, 'rate' | 'shaping'>;
/** By seed, the sum of the best accuracies of these runs, each with its sign; at the seeds that have them all. */
function over(runs: readonly IndiscriminateRun[], terms: readonly (Run & { readonly sign: 1 | -1 })[]): Mean | null {
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const sums = seeds.map((seed) =>
    terms.reduce((sum, { rate, shaping, sign }) => {
      const run = runs.find((one) => one.seed === seed && one.rate === rate && one.shaping === shaping);
      return run ? sum + sign * run.best : Number.NaN;
    }, 0),
  );
  return meanOf(sums.filter((sum) => !Number.isNaN(sum)));
}

function flipsCostLittle({ flips }: Results): Finding {
  const claim = 'Random label flips cost little: 1 to 2.5 points even at r = .4.';
  const cost = over(flips?.runs ?? [], [
    { rate: 0, shaping: 'none', sign: 1 },
    { rate: 0.4, shaping: 'none', sign: -1 },
  ]);
  if (!cost) return unknown(claim);
  const more = surelyAbove(cost, 0.025);
  return {
    claim,
    verdict: more === 'fails' ? 'holds' : more === 'holds' ? 'fails' : 'not shown',
    answer: `Without shaping they cost ${pointsOf(cost)} points of best accuracy.`,
  };
}

function clippingWinsBack({ flips }: Results): Finding {
  const claim = 'Clipping wins some of that back.';
  const wins = (['clip-4', 'clip-0.1'] as const).map((shaping) =>
    over(flips?.runs ?? [], [
      { rate: 0.4, shaping, sign: 1 },
      { rate: 0.4, shaping: 'none', sign: -1 },
      { rate: 0, shaping, sign: -1 },
      { rate: 0, shaping: 'none', sign: 1 },
    ]),
  );
  const [four, tenth] = wins;
  if (!four || !tenth) return unknown(claim);
  const verdicts = [four, tenth].map((win) => surelyAbove(win));
  return {
    claim,
    verdict: verdicts.includes('holds') ? 'holds' : verdicts.every((one) => one === 'fails') ? 'fails' : 'not shown',
    answer: `At r = .4, less what it does without poison, C = 4 wins ${pointsOf(four)} points of best accuracy and C = .1 ${pointsOf(tenth)}. Clipped runs are better without poison too, so the plain difference says nothing about the attack.`,
  };
}

function slabIsNotHelped({ slab }: Results): Finding {
  const claim = 'Slab is the exception: clipping does not help, and tighter clipping is worse.';
  const than = (loose: ShapingId, tight: ShapingId) =>
    over(slab?.runs ?? [], [
      { rate: 0.4, shaping: loose, sign: 1 },
      { rate: 0.4, shaping: tight, sign: -1 },
    ]);
  const [lost, tighter] = [than('none', 'clip-0.1'), than('clip-8', 'clip-0.1')];
  if (!lost || !tighter) return unknown(claim);
  const verdicts = [surelyAbove(lost), surelyAbove(tighter)];
  return {
    claim,
    verdict: verdicts.every((one) => one === 'holds') ? 'holds' : verdicts.includes('fails') ? 'fails' : 'not shown',
    answer: `At r = .4, C = .1 loses ${pointsOf(lost)} points against no clipping, and ${pointsOf(tighter)} against C = 8.`,
  };
}

function artifacts(results: Results): Finding {
  const claim = 'Poison’s gradients are longer than those of clean rows, and point against them.';
  const all = [
    artifactCurve(results, { attack: 'flips', setting: null }),
    artifactCurve(results, { attack: 'slab', setting: null }),
    artifactCurve(results, { attack: 'collision', setting: 1 }),
  ].flat();
  if (all.length === 0) return unknown(claim);
  const [least, most] = [Math.min(...all.map(({ ratio }) => ratio)), Math.max(...all.map(({ cosine }) => cosine))];
  return {
    claim,
    verdict: 'not shown',
    answer: `Under flips, slab and collision at α = 1 the ratio of norms stays above ${Math.floor(10 * least) / 10}, and the cosine below ${(Math.ceil(100 * most) / 100).toFixed(2).replace('-0', '−')}, in every epoch. But late in training the sum of all gradients nears zero, and then any split of the rows has this: a ratio near that of the numbers of rows, and a cosine near −1. What would tell are the norms themselves, beside those of as many clean rows drawn at random. Neither was measured here.`,
  };
}
