import { percent, score } from '@/app/ui/numbers.ts';
import { familyName } from '@/app/ui/words.ts';
import type { Family } from '@/lib/contract/ids.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { BestByFamily } from '@/lib/studies/findings/best-by-family.ts';
import type { CertifiedFinding } from '@/lib/studies/findings/certified.ts';
import type { Clipping } from '@/lib/studies/findings/clipping.ts';
import type { CleanFiltering, FalsePositives } from '@/lib/studies/findings/false-positives.ts';
import type { Harm } from '@/lib/studies/findings/harm.ts';
import type { SingleSeeds } from '@/lib/studies/findings/single-seeds.ts';
import type { Change, Stability } from '@/lib/studies/findings/stability.ts';
import type { UnderTraining } from '@/lib/studies/findings/under-training.ts';
import { printedFirst } from './ties.ts';
import { cellName, listed, listedApart, modelOn, rateText, shortName } from './words.ts';

/** What each plot shows, in one sentence that its numbers decide; null where there is nothing to say yet. */

export function clippingStatement({ curves, tighter }: Clipping): string | null {
  if (curves.length === 0) return null;
  const falls = curves.flatMap(({ fallsAt }) => fallsAt ?? []);
  const holding = curves.filter(({ holds }) => holds).length;
  const [first, last] = [Math.min(...falls), Math.max(...falls)];
  const below = 'below half of the damage undone';
  const how =
    holding > 1 && holding === curves.length
      ? `all ${holding}`
      : `${holding === 0 ? 'none' : holding} of the ${curves.length}`;
  const others = `${how} surely undo${holding > 1 ? '' : 'es'} more than half at every rate that counts`;
  const threshold =
    falls.length === 0
      ? `That clipping has a threshold is not shown: none of the ${curves.length} curves surely falls ${below}, and ${others}`
      : falls.length === curves.length
        ? `Clipping has a threshold: all ${curves.length} curves surely fall ${below}, ${first === last ? `at ${rateText(first)} poison` : `the first at ${rateText(first)} poison and the last at ${rateText(last)}`}`
        : `${falls.length} of the ${curves.length} curves surely ${falls.length === 1 ? 'falls' : 'fall'} ${below}, the first at ${rateText(first)} poison, and ${others}`;
  return tighter.of === 0
    ? `${threshold}.`
    : `${threshold}. The tighter norm, C 0.1, surely undoes more than C 1 in ${tighter.better} of ${tighter.of} cells and surely less in ${tighter.worse}.`;
}

export function harmStatement({ cells, tried }: Harm, suite: Suite): string | null {
  if (tried === 0) return null;
  if (cells.length === 0)
    return `In none of the ${tried} cells tried is shaping gradients surely worse than no defense.`;
  const deepest = printedFirst(cells, ({ rho }) => score(rho.value));
  const rho = `ρ ${score(deepest[0]!.rho.value)}`;
  const names = listedApart(deepest.map(({ id, cell }) => `${shortName[id]} under ${cellName(suite, cell)}`));
  const found = `In ${cells.length} of the ${tried} cells tried shaping gradients is surely worse than no defense`;
  if (cells.length === 1) return `${found}: ${names} (${rho}).`;
  const most = deepest.length > 3 ? `in ${deepest.length} of them as far as ${rho}` : `most of all ${names} (${rho})`;
  return `${found}, ${most}; ${commonestFamilies(cells)}.`;
}

/** How many of these cells belong to the family that has most of them, or to each that has as many. */
function commonestFamilies(cells: Harm['cells']): string {
  const families = [...new Set(cells.map(({ cell }) => cell.family))]
    .map((family) => ({ family, has: cells.filter(({ cell }) => cell.family === family).length }))
    .sort((a, b) => b.has - a.has);
  const most = printedFirst(families, ({ has }) => `${has}`);
  const names = listed(most.map(({ family }) => familyName[family as Family].toLowerCase()));
  const count = most[0]!.has;
  if (count === cells.length) return `all of them belong to the family ${names}`;
  return most.length === 1
    ? `${count} of them belong to the family ${names}`
    : `${count} of them ${count === 1 ? 'belongs' : 'belong'} to each of the families ${names}`;
}

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
  return `${verdict}: against the plain SGD that does best in a cell and is no less accurate it surely gains in ${better} of ${of} cells and surely loses in ${worse}.`;
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
    return `No seed taken alone reverses ${pairs.length === 1 ? 'the one pair' : `any of the ${pairs.length} pairs`}: one seed would have given the order of all ${seeds}.`;
  const some = pairs.length === 1 ? 'The one pair' : `${reversed} of the ${pairs.length} pairs`;
  return `${some} ${reversed === 1 ? 'stands' : 'stand'} the other way round by at least one seed taken alone, and a seed drawn at random has ${percent(wrong)} of all pairs wrong; one and the same row, ${shortName[widest.id]}, scores ${score(widest.spread)} apart on two seeds.`;
}

export function certifiedStatement({ curves, insertions }: CertifiedFinding): string | null {
  const [curve] = curves;
  const last = curve?.points.at(-1);
  if (!curve || !last) return null;
  const one = curve.points.find(({ rows }) => rows === 1);
  const promise = `${shortName[curve.id]} certifies ${one ? `${percent(one.accuracy.value)} of the test rows on ${curve.model} against one row put in or taken out, and ` : ''}${percent(last.accuracy.value)} against ${last.rows}`;
  const changed = insertions.flatMap((insertion) => insertion.changed ?? []);
  if (changed.length === 0) return `${promise}.`;
  const better = (id: string) => {
    const own = insertions.filter((insertion) => insertion.id === id);
    return `${own.filter(({ sure }) => sure === 'more').length} of ${own.length}`;
  };
  const others = [...new Set(insertions.map(({ id }) => id))].filter((id) => id !== curve.id);
  const reach =
    Math.min(...changed) > last.rows
      ? `${changed.length < insertions.length ? 'which, where their number is fixed, change' : 'which change'} ${Math.min(...changed)} rows and more and so lie beyond what is certified`
      : 'some of which lie within what is certified';
  return `${promise}; under the attacks that insert rows, ${reach}, it surely undoes some of the damage in ${better(curve.id)} cells${others.map((id) => `, ${shortName[id]} in ${better(id)}`).join('')}.`;
}

export function falsePositivesStatement({ runs }: FalsePositives): string | null {
  if (runs.length === 0) return null;
  const first = (among: readonly CleanFiltering[], of: (run: CleanFiltering) => number) =>
    printedFirst(
      [...among].sort((a, b) => of(a) - of(b)),
      (run) => percent(of(run)),
    );
  const [least, most] = [first(runs, ({ leftOut }) => leftOut.value), first(runs, ({ leftOut }) => -leftOut.value)];
  const losing = runs.filter(({ loses }) => loses);
  const [low, high] = [percent(least[0]!.leftOut.value), percent(most[0]!.leftOut.value)];
  const on = (of: readonly CleanFiltering[]) => listedApart(of.map((run) => `${shortName[run.id]} on ${modelOn(run)}`));
  const dearest = losing.length > 0 ? first(losing, ({ utility }) => utility.value) : [];
  const cost =
    losing.length > 0
      ? `${losing.length} of ${runs.length} surely ${losing.length === 1 ? 'loses' : 'lose'} clean accuracy by it, ${on(dearest)} the most, ${(-100 * dearest[0]!.utility.value).toFixed(1)} points`
      : 'that any loses clean accuracy by it is not shown';
  const taken =
    low === high
      ? `every filter leaves out ${low} of the rows`
      : `${on(least)} ${least.length === 1 ? 'leaves' : 'leave'} out the least, ${low} of the rows, and ${on(most)} the most, ${high}`;
  return `Where no row is poison, ${taken}; ${cost}.`;
}

export function stabilityStatement({ published, variants }: Stability): string | null {
  if (published.length < 2) return null;
  const same = variants.filter(({ tau }) => tau === 1).length;
  if (same === variants.length) return `None of the ${variants.length} changes moves a single row.`;
  const least = printedFirst(
    [...variants].sort((a, b) => a.tau - b.tau),
    ({ tau }) => score(tau),
  );
  const moves = least
    .flatMap(({ order }) => published.map((id, place) => ({ id, by: Math.abs(order.indexOf(id) - place) })))
    .sort((a, b) => b.by - a.by);
  const farthest = printedFirst(moves, ({ by }) => `${by}`);
  const rows = [...new Set(farthest.map(({ id }) => shortName[id]))];
  const moving = variants.length - same;
  return `${moving} of the ${variants.length} changes ${moving === 1 ? 'moves' : 'move'} some row; the order hangs most on ${listed(least.map(({ change }) => `“${changeName(change)}”`))} (τ ${score(least[0]!.tau)}), where ${listedApart(rows)} ${rows.length === 1 ? 'moves' : 'move'} by ${farthest[0]!.by} of ${published.length} places.`;
}

export const changeName = (change: Change): string =>
  change.kind === 'without'
    ? `without ${familyName[change.family].toLowerCase()}`
    : change.kind === 'raw'
      ? 'raw P'
      : `gates ${change.factor > 1 ? '+' : '−'}${Math.round(100 * Math.abs(change.factor - 1))}\u00a0%`;
