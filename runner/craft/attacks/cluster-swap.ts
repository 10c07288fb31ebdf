import { z } from 'zod';
import type { Draws } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { swapped } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { clusterCenters, nearestCenters } from './k-means.ts';
import { drawnPairs, partnersOf } from './pairs.ts';
import { rememberLatest } from './remember.ts';

const Params = z.strictObject({
  /** Pairs of clusters that are attacked in one run; another draw of them each seed. */
  pairs: z.int().positive(),
  /** Clusters that a class is cut into. */
  clusters: z.int().positive(),
});

/** A cluster of a class: its center, and its rows in both sets. */
type Cluster = { readonly center: Float64Array; readonly ofTrain: Int32Array; readonly ofTest: Int32Array };

/** Of each class its clusters. */
const known = rememberLatest<Cluster[][]>();

/** Where the smaller of two clusters has a lower share of the larger one's rows, the larger one hardly suffers. */
const leastRatio = 2 / 3;

/**
 * Cluster swap: a cluster of one class and a cluster of another exchange labels, as many rows on each side: a share b
 * of the smaller. The other cluster is the nearest of those about as large. A cluster with less than half of the test
 * rows that one has on average is not attacked: its accuracy could hardly be measured. It is the subpopulation attack
 * of Jagielski et al. in both directions at once: the labels tell nothing, and what a bias between the two classes wins
 * for one it loses for the other. Threat model: the attacker relabels rows of the clusters that it chooses and adds
 * none; it has the training rows, but neither the model nor the seed.
 */
export const clusterSwap = defineAttack('cluster-swap', {
  example: { budget: 0.67, params: { pairs: 2, clusters: 2 }, spares: true },
  params: Params,
  allowance: rowsAtRate,
  async poison({ clean, test, budget, params: { pairs, clusters }, rng }) {
    const seeds = rng.fork('centers');
    const cuts = await known(clean, `${seeds.hex} ${clusters}`, () => cutAll(clean, test, clusters, seeds));
    const draw = rng.fork('clusters');
    const large = cuts.map((cut) => {
      const testRows = cut.reduce((sum, { ofTest }) => sum + ofTest.length, 0);
      return cut.filter(({ ofTest }) => 2 * clusters * ofTest.length >= testRows);
    });
    const firsts = large.map((own) => own[draw.below(own.length)]!);
    const nearest = (a: number, b: number) =>
      nearestTo(
        firsts[a]!,
        large[b]!.filter((other) => areAlike(firsts[a]!, other)),
      );
    const drawn = drawnPairs(clean.classes, pairs, rng.fork('pairs'), (a, b) => nearest(a, b) !== null);
    const order = rng.fork('rows');
    const swaps = drawn.flatMap(([a, b]) => {
      const both = [firsts[a]!, nearest(a, b)!];
      const k = rowsAtRate(Math.min(...both.map(({ ofTrain }) => ofTrain.length)), budget);
      return both.map(({ ofTrain, ofTest }, i) => ({
        index: order
          .fork(`${[a, b][i]}`)
          .shuffle(ofTrain.slice())
          .subarray(0, k),
        ofTest,
      }));
    });
    const partner = partnersOf(drawn, clean.classes);
    const index = Int32Array.from(swaps.flatMap((swap) => [...swap.index]));
    const attacked = Int32Array.from(swaps.flatMap(({ ofTest }) => [...ofTest])).sort();
    return {
      index,
      labels: index.map((row) => partner[clean.y[row]!]!),
      rows: null,
      aim: swapped(test, attacked, partner),
    };
  },
});

const areAlike = (a: Cluster, b: Cluster) =>
  Math.min(a.ofTrain.length, b.ofTrain.length) >= leastRatio * Math.max(a.ofTrain.length, b.ofTrain.length);

/** The one whose center is nearest, of equals the first; null of none. */
const nearestTo = ({ center }: Cluster, others: readonly Cluster[]): Cluster | null =>
  others.reduce<Cluster | null>(
    (best, other) => (best && distance(center, best.center) <= distance(center, other.center) ? best : other),
    null,
  );

/** Squared. */
const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) * (value - b[i]!), 0);

async function cutAll(clean: LabeledSet, test: LabeledSet, clusters: number, rng: Draws): Promise<Cluster[][]> {
  const cuts: Cluster[][] = [];
  for (let label = 0; label < clean.classes; label++) {
    const [trainRows, testRows] = [rowsOfClass(clean, label), rowsOfClass(test, label)];
    const centers = await clusterCenters(clean, trainRows, clusters, rng.fork(`${label}`));
    const [ofTrain, ofTest] = [nearestCenters(clean, trainRows, centers), nearestCenters(test, testRows, centers)];
    cuts.push(
      centers.map((center, cluster) => ({
        center,
        ofTrain: trainRows.filter((_, i) => ofTrain[i] === cluster),
        ofTest: testRows.filter((_, i) => ofTest[i] === cluster),
      })),
    );
  }
  return cuts;
}

const rowsOfClass = ({ y }: LabeledSet, label: number) =>
  Int32Array.from([...y.keys()].filter((row) => y[row] === label));
