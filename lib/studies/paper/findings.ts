import type { Finding } from './finding.ts';
import type { ShapingId } from './shapings.ts';
import { accuracyCurve, artifactCurve, meanOf, type Results } from './table.ts';
import { targetedFindings } from './targeted-findings.ts';

const points = (share: number) => (100 * share).toFixed(1).replace('-', '−');

export function findingsOf(results: Results): Finding[] {
  const at: At = (attack, shaping, rate) =>
    accuracyCurve(results, attack, shaping).find((point) => point.rate === rate)?.mean.value;
  return [
    flipsCostLittle(at),
    clippingWinsBack(at, results),
    slabIsNotHelped(at),
    artifacts(results),
    ...targetedFindings(results),
  ];
}

type At = (attack: 'flips' | 'slab', shaping: ShapingId, rate: number) => number | undefined;

function flipsCostLittle(at: At): Finding {
  const claim = 'Random label flips cost little: 1 to 2.5 points even at r = .4.';
  const [clean, attacked] = [at('flips', 'none', 0), at('flips', 'none', 0.4)];
  if (clean === undefined || attacked === undefined) return { claim, holds: null, answer: '' };
  return {
    claim,
    holds: clean - attacked < 0.025,
    answer: `Without shaping they cost ${points(clean - attacked)} points of best accuracy.`,
  };
}

function clippingWinsBack(at: At, { flips }: Results): Finding {
  const claim = 'Clipping wins some of that back.';
  const none = at('flips', 'none', 0.4);
  const clipped = at('flips', 'clip-4', 0.4);
  const last = (shaping: ShapingId) =>
    meanOf((flips?.runs ?? []).filter((run) => run.rate === 0.4 && run.shaping === shaping).map((run) => run.last))
      ?.value;
  const [lastNone, lastClipped] = [last('none'), last('clip-4')];
  if (none === undefined || clipped === undefined || lastNone === undefined || lastClipped === undefined)
    return { claim, holds: null, answer: '' };
  return {
    claim,
    holds: clipped > none,
    answer: `At r = .4, C = 4 wins back ${points(clipped - none)} points of the best epoch’s accuracy, and ${points(lastClipped - lastNone)} of the last one’s.`,
  };
}

function slabIsNotHelped(at: At): Finding {
  const claim = 'Slab is the exception: clipping does not help, and tighter clipping is worse.';
  const accuracies = (['none', 'clip-8', 'clip-4', 'clip-2', 'clip-0.1'] as const).map((shaping) =>
    at('slab', shaping, 0.4),
  );
  if (accuracies.some((value) => value === undefined)) return { claim, holds: null, answer: '' };
  const known = accuracies as number[];
  const falling = known.every((value, index) => index === 0 || value <= known[index - 1]! + 0.01);
  const list = known.map((value) => value.toFixed(3).replace(/^0/, '')).join(', ');
  return {
    claim,
    holds: falling && known.at(-1)! < known[0]!,
    answer: `At r = .4 without clipping and with C 8, 4, 2, .1: ${list}.`,
  };
}

function artifacts(results: Results): Finding {
  const claim = 'Poison’s gradients are longer than those of clean rows, and point against them.';
  const curves = [
    artifactCurve(results, { attack: 'flips', setting: null }),
    artifactCurve(results, { attack: 'slab', setting: null }),
    artifactCurve(results, { attack: 'collision', setting: 1 }),
  ].filter((curve) => curve.length > 0);
  if (curves.length === 0) return { claim, holds: null, answer: '' };
  const all = curves.flat();
  const [least, most] = [Math.min(...all.map(({ ratio }) => ratio)), Math.max(...all.map(({ cosine }) => cosine))];
  return {
    claim,
    holds: least > 1 && most < 0,
    answer: `Under flips, slab and collision at α = 1 the ratio of norms stays above ${Math.floor(10 * least) / 10}, and the cosine below ${(Math.ceil(100 * most) / 100).toFixed(2).replace('-0', '−')}, in every epoch.`,
  };
}
