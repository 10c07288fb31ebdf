import { percent, score } from '@/app/ui/numbers.ts';
import { familyName } from '@/app/ui/words.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { BestByFamily } from '@/lib/studies/findings/best-by-family.ts';
import type { CertifiedFinding } from '@/lib/studies/findings/certified.ts';
import type { Clipping } from '@/lib/studies/findings/clipping.ts';
import type { CleanFiltering, FalsePositives } from '@/lib/studies/findings/false-positives.ts';
import type { Harm } from '@/lib/studies/findings/harm.ts';
import type { SingleSeeds } from '@/lib/studies/findings/single-seeds.ts';
import type { Change, Stability } from '@/lib/studies/findings/stability.ts';
import type { UnderTraining } from '@/lib/studies/findings/under-training.ts';
import { cellName, listedApart, modelOn, rateText, shortName } from './words.ts';

/** What each plot shows, in one sentence that its numbers decide; null where there is nothing to say yet. */

export function clippingStatement({ curves, tighter }: Clipping): string | null {
  if (curves.length === 0) return null;
  const falls = curves.flatMap(({ fallsAt }) => fallsAt ?? []);
  const holding = curves.filter(({ holds }) => holds).length;
  const [first, last] = [Math.min(...falls), Math.max(...falls)];
  const below = 'below half of the damage undone';
  const others = `${holding === 0 ? 'none' : holding} of the ${curves.length} surely undo${holding > 1 ? '' : 'es'} half at every rate tried`;
  const threshold =
    falls.length === 0
      ? `That clipping has a threshold is not shown: none of the ${curves.length} curves surely falls ${below}, and ${others}`
      : falls.length === curves.length
        ? `Clipping has a threshold: all ${curves.length} curves surely fall ${below}, ${first === last ? `at ${rateText(first)} poison` : `the first at ${rateText(first)} poison and the last at ${rateText(last)}`}`
        : `${falls.length} of the ${curves.length} curves surely ${falls.length === 1 ? 'falls' : 'fall'} ${below}, the first at ${rateText(first)} poison, and ${others}`;
  return tighter.of === 0
    ? `${threshold}.`
    : `${threshold}; the tighter norm, C 0.1, surely undoes more than C 1 in ${tighter.better} of ${tighter.of} cells and surely less in ${tighter.worse}.`;
}

export function harmStatement({ cells, tried, byChance }: Harm, suite: Suite): string | null {
  if (tried === 0) return null;
  if (cells.length === 0)
    return `In none of the ${tried} cells tried is shaping gradients surely worse than no defense.`;
  const [deepest] = cells;
  const families = cells.map(({ cell }) => cell.family);
  const commonest = [...new Set(families)].sort((a, b) => count(families, b) - count(families, a))[0]!;
  const most = `most of all ${shortName[deepest!.id]} under ${cellName(suite, deepest!.cell)} (ρ ${score(deepest!.rho.value)})`;
  if (cells.length <= byChance)
    return `In ${cells.length} of the ${tried} cells tried the interval lies below 0, no more than chance alone would put there.`;
  return `In ${cells.length} of the ${tried} cells tried shaping gradients is surely worse than no defense, ${most}; ${count(families, commonest)} of them belong to the family ${familyName[commonest as keyof typeof familyName].toLowerCase()}.`;
}

const count = <T>(values: readonly T[], wanted: T) => values.filter((value) => value === wanted).length;

export function underTrainingStatement({ better, worse, of }: UnderTraining): string | null {
  if (of === 0) return null;
  const verdict =
    better > of / 2
      ? 'DP-SGD is mostly more than training less'
      : worse > of / 2
        ? 'Training less mostly does better than DP-SGD'
        : better + worse <= of / 2
          ? 'DP-SGD can mostly not be told from training less'
          : 'Neither DP-SGD nor training less is mostly the better';
  return `${verdict}: against the plain SGD that does best in a cell at no less clean accuracy it surely gains in ${better} of ${of} cells and surely loses in ${worse}.`;
}

export function bestByFamilyStatement({ best, compared, leaders }: BestByFamily): string | null {
  if (compared.length < 2) return null;
  const names = listedApart(leaders.ids.map((id) => shortName[id]));
  const alone = leaders.ids.length === 1;
  if (leaders.of < best.length)
    return `No defense is best everywhere: each of the ${compared.length} compared is surely behind another in some family. ${names} ${alone ? 'comes' : 'come'} farthest, among the best in ${leaders.of} of ${best.length}.`;
  return alone && best.every(({ alike }) => alike.length === 0)
    ? `${names} is surely the best in all ${best.length} families.`
    : `${names} can’t be told from the best in any of the ${best.length} families${alone ? ', and no other defense stands so' : ''}.`;
}

export function singleSeedsStatement({ pairs, wrong, seeds, widest }: SingleSeeds): string | null {
  if (pairs.length === 0 || !widest) return null;
  const reversed = pairs.filter((pair) => pair.reversed > 0).length;
  if (reversed === 0)
    return `No seed taken alone reverses any of the ${pairs.length} pairs: one seed would have given the order of all ${seeds}.`;
  return `${reversed} of the ${pairs.length} pairs stand the other way round by at least one seed taken alone, and a seed drawn at random has ${percent(wrong)} of all pairs wrong; ${shortName[widest.id]} alone scores ${score(widest.spread)} apart on two seeds.`;
}

export function certifiedStatement({ curves, insertions }: CertifiedFinding): string | null {
  const [curve] = curves;
  const last = curve?.points.at(-1);
  if (!curve || !last) return null;
  const one = curve.points.find(({ rows }) => rows === 1);
  const promise = `${shortName[curve.id]} certifies ${one ? `${percent(one.accuracy.value)} of the test rows on ${curve.model} against one row put in or taken out, and ` : ''}${percent(last.accuracy.value)} against ${last.rows}`;
  const changed = insertions.flatMap((insertion) => insertion.changed ?? []);
  if (changed.length === 0) return `${promise}.`;
  const better = insertions.filter(({ rho }) => rho !== null && rho.low !== null && rho.low > 0).length;
  const reach =
    Math.min(...changed) > last.rows
      ? `which change ${Math.min(...changed)} rows and more and so lie beyond what is certified`
      : 'some of which lie within what is certified';
  return `${promise}; under the attacks that insert rows, ${reach}, it surely keeps more true labels than no defense in ${better} of ${insertions.length} cells.`;
}

export function falsePositivesStatement({ runs }: FalsePositives): string | null {
  if (runs.length === 0) return null;
  const by = (of: (run: CleanFiltering) => number) => [...runs].sort((a, b) => of(a) - of(b));
  const [least, most] = [by(({ leftOut }) => leftOut.value)[0]!, by(({ leftOut }) => -leftOut.value)[0]!];
  const dearest = by(({ utility }) => utility.value)[0]!;
  const [low, high] = [percent(least.leftOut.value), percent(most.leftOut.value)];
  const on = (run: CleanFiltering) => `${shortName[run.id]} on ${modelOn(run)}`;
  const cost =
    dearest.utility.value < 0
      ? `${on(dearest)} loses the most clean accuracy by it, ${(-100 * dearest.utility.value).toFixed(1)} points`
      : 'none loses clean accuracy by it';
  const taken =
    low === high
      ? `every filter leaves out ${low} of the rows`
      : `${on(least)} leaves out the least, ${low} of the rows, and ${on(most)} the most, ${high}`;
  return `Where no row is poison, ${taken}; ${cost}.`;
}

export function stabilityStatement({ published, variants }: Stability): string | null {
  if (published.length < 2) return null;
  const same = variants.filter(({ tau }) => tau === 1).length;
  if (same === variants.length) return `None of the ${variants.length} changes moves a single row.`;
  const least = variants.reduce((a, b) => (b.tau < a.tau ? b : a));
  const moves = published.map((id, place) => ({ id, by: Math.abs(least.order.indexOf(id) - place) }));
  const farthest = moves.reduce((a, b) => (b.by > a.by ? b : a));
  const moving = variants.length - same;
  return `${moving} of the ${variants.length} changes ${moving === 1 ? 'moves' : 'move'} some row; the order hangs most on “${changeName(least.change)}” (τ ${score(least.tau)}), where ${shortName[farthest.id]} moves by ${farthest.by} of ${published.length} places.`;
}

export const changeName = (change: Change): string =>
  change.kind === 'without'
    ? `without ${familyName[change.family].toLowerCase()}`
    : change.kind === 'raw'
      ? 'raw P'
      : `gates ${change.factor > 1 ? '+' : '−'}${Math.round(100 * Math.abs(change.factor - 1))}\u00a0%`;
