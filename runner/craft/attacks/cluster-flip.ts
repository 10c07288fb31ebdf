import { z } from 'zod';
import { takeRows } from '../../datasets/rows.ts';
import { group } from './aims.ts';
import { defineAttack } from './define-attack.ts';
import { clusterCenters, nearestCenters } from './k-means.ts';
import { rememberLatest } from './remember.ts';

const Params = z.strictObject({
  /** Clusters that a class is cut into. */
  clusters: z.int().positive(),
  /** A cluster with fewer test rows is not attacked: its accuracy could hardly be measured. */
  leastTestRows: z.int().positive(),
});

const known = rememberLatest<Float64Array[]>();

/**
 * Subpopulation attack. k-means on the pixels cuts a class into clusters, and one of them is attacked: rows of it are
 * inserted under one wrong label. The test rows of the cluster suffer, and accuracy as a whole hardly changes.
 *
 * Half of the cluster's training rows belong to the attacker. They leave the clean part and come back under the wrong
 * label, repeated until there are α poison rows for every row that the cluster had. Class, cluster and label are the
 * seed's draw.
 *
 * Threat model: the attacker inserts rows with any label, and does not choose the rows that they displace. It has as
 * many rows of the cluster as are left clean. It knows neither the model nor the seed.
 */
export const clusterFlip = defineAttack('cluster-flip', {
  /** α: poison rows for each training row of the cluster. */
  example: { budget: 2, params: { clusters: 2, leastTestRows: 2 }, spares: true },
  params: Params,
  allowance: (n, size) => size * n,
  async poison({ clean, test, budget: size, params: { clusters, leastTestRows }, rng }) {
    const draw = rng.fork('cluster');
    const label = draw.below(clean.classes);
    const wanted = draw.otherThan(label, clean.classes);
    const [trainRows, testRows] = [clean, test].map(({ y }) =>
      Int32Array.from([...y.keys()].filter((row) => y[row] === label)),
    ) as [Int32Array, Int32Array];
    const seeds = rng.fork('centers');
    const centers = await known(clean, `${seeds.hex} ${label} ${clusters}`, () =>
      clusterCenters(clean, trainRows, clusters, seeds),
    );
    const ofTest = nearestCenters(test, testRows, centers);
    const large = [...centers.keys()].filter(
      (center) => ofTest.filter((own) => own === center).length >= leastTestRows,
    );
    if (large.length === 0)
      throw new RangeError(
        `cluster-flip: no cluster of class ${label} has ${leastTestRows} test rows; cut it into fewer`,
      );
    const cluster = large[draw.below(large.length)]!;

    const ofTrain = nearestCenters(clean, trainRows, centers);
    const members = rng.fork('sources').shuffle(trainRows.filter((_, i) => ofTrain[i] === cluster));
    const sources = members.slice(0, Math.floor(members.length / 2));
    const own = new Set(sources);
    const others = rng
      .fork('displaced')
      .shuffle(Int32Array.from({ length: clean.n }, (_, row) => row))
      .filter((row) => !own.has(row));
    const index = Int32Array.from([...sources, ...others.subarray(0, size * members.length - sources.length)]);
    return {
      index,
      labels: new Int32Array(index.length).fill(wanted),
      rows: takeRows(
        clean,
        index.map((_, copy) => sources[copy % sources.length]!),
      ).x,
      aim: group(
        testRows.filter((_, i) => ofTest[i] === cluster),
        wanted,
      ),
    };
  },
});
