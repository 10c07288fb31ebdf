import { z } from 'zod';
import type { Draws } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { swapped } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { clusterCenters, nearestCenters } from './k-means.ts';
import { drawnPairs } from './pairs.ts';
import { rememberLatest } from './remember.ts';

const Params = z.strictObject({
  /** Pairs of clusters that are attacked in one run; another draw of them each seed. */
  pairs: z.int().positive(),
  /** Clusters that a class is cut into. */
  clusters: z.int().positive(),
  /** A cluster with fewer test rows is not attacked: its accuracy could hardly be measured. */
  leastTestRows: z.int().positive(),
});

/** A class cut into clusters: their centers, and the rows of each in both sets. */
type Cut = { readonly centers: readonly Float64Array[]; readonly train: Int32Array[]; readonly test: Int32Array[] };

const known = rememberLatest<Cut[]>();

/**
 * Cluster swap: a cluster of one class and the nearest cluster of another exchange labels, as many rows on each side: a
 * share b of the smaller. The subpopulation attack of Jagielski et al. in both directions at once, so that the labels
 * tell nothing, and what a bias between the two classes wins for one it loses for the other. Threat model: the attacker
 * relabels rows of the clusters that it chooses and adds none; it has the training rows, but neither the model nor the
 * seed.
 */
export const clusterSwap = defineAttack('cluster-swap', {
  example: { budget: 0.67, params: { pairs: 2, clusters: 2, leastTestRows: 2 }, spares: true },
  params: Params,
  allowance: rowsAtRate,
  async poison({ clean, test, budget, params: { pairs, clusters, leastTestRows }, rng }) {
    const seeds = rng.fork('centers');
    const cuts = await known(clean, `${seeds.hex} ${clusters}`, () => cutAll(clean, test, clusters, seeds));
    const draw = rng.fork('clusters');
    const large = cuts.map((cut) =>
      [...cut.centers.keys()].filter((cluster) => cut.test[cluster]!.length >= leastTestRows),
    );
    const partner = drawnPairs(
      clean.classes,
      pairs,
      rng.fork('pairs'),
      (a, b) => large[a]!.length > 0 && large[b]!.length > 0,
    );
    const chosen = new Map<number, number>();
    for (const [a, b] of partner.entries()) {
      if (b < a) continue; // no partner, or done from the other side
      const cluster = large[a]![draw.below(large[a]!.length)]!;
      chosen.set(a, cluster);
      chosen.set(b, nearest(cuts[a]!.centers[cluster]!, cuts[b]!.centers, large[b]!));
    }
    const rowsOf = (label: number) => cuts[label]!.train[chosen.get(label)!]!;
    const order = rng.fork('rows');
    const index = Int32Array.from(
      [...chosen.keys()].flatMap((label) => {
        const smaller = Math.min(rowsOf(label).length, rowsOf(partner[label]!).length);
        return [...order.fork(`${label}`).shuffle(rowsOf(label).slice()).subarray(0, rowsAtRate(smaller, budget))];
      }),
    );
    const attacked = Int32Array.from(
      [...chosen].flatMap(([label, cluster]) => [...cuts[label]!.test[cluster]!]),
    ).sort();
    return {
      index,
      labels: index.map((row) => partner[clean.y[row]!]!),
      rows: null,
      aim: swapped(test, attacked, partner),
    };
  },
});

async function cutAll(clean: LabeledSet, test: LabeledSet, clusters: number, rng: Draws): Promise<Cut[]> {
  const cuts: Cut[] = [];
  for (let label = 0; label < clean.classes; label++) {
    const [trainRows, testRows] = [rowsOfClass(clean, label), rowsOfClass(test, label)];
    const centers = await clusterCenters(clean, trainRows, clusters, rng.fork(`${label}`));
    const split = (set: LabeledSet, rows: Int32Array) => {
      const nearest = nearestCenters(set, rows, centers);
      return centers.map((_, cluster) => rows.filter((_row, i) => nearest[i] === cluster));
    };
    cuts.push({ centers, train: split(clean, trainRows), test: split(test, testRows) });
  }
  return cuts;
}

const rowsOfClass = ({ y }: LabeledSet, label: number) =>
  Int32Array.from([...y.keys()].filter((row) => y[row] === label));

/** Of these clusters the one whose center is nearest, of equals the first. */
const nearest = (to: Float64Array, centers: readonly Float64Array[], of: readonly number[]): number =>
  of.reduce((best, cluster) => (distance(to, centers[cluster]!) < distance(to, centers[best]!) ? cluster : best));

/** Squared. */
export const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) * (value - b[i]!), 0);
