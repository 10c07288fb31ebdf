import { DatasetId } from '../../lib/catalog/datasets/index.ts';
import { findPoints } from '../craft/find-points.ts';
import { FoundPoints } from '../craft/points.ts';
import { readDataset } from '../datasets/index.ts';
import { UsageError } from '../errors.ts';
import { dataPath } from '../host/places.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';

/**
 * Searches points for attack `slab` at these rates and prints them as they are committed beside the suites: minutes for
 * each, the same on every machine.
 */
export async function suitePoints(name: string, rates: readonly number[]): Promise<number> {
  const dataset = DatasetId.safeParse(name).data;
  if (!dataset) throw new UsageError(`There is no data set '${name}'; known: ${DatasetId.options.join(', ')}.`);
  const { train } = await readDataset(dataset, dataPath('datasets'));
  if (train.classes !== 2)
    throw new UsageError(`${dataset} has ${train.classes} classes; points are searched for two.`);
  const progress = progressOf(`points on ${dataset}`);
  const found: FoundPoints['found'] = [];
  for (const rate of rates) {
    const { evaluations, accuracy, points } = await findPoints(dataset, rate, train, (fraction, best) => {
      interrupted.throwIfAborted();
      progress.update(fraction, `rate ${rate}: ${best.toFixed(4)} left`);
    });
    const listed = points.map(({ label, share, pixels }) => ({
      label,
      share,
      pixels: Buffer.from(pixels).toString('hex'),
    }));
    found.push({ budget: rate, evaluations, accuracy, points: listed });
  }
  progress.end();
  tell(JSON.stringify(FoundPoints.parse({ format: 'antidote-points-1', dataset, found })));
  return 0;
}
