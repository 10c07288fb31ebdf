import type { DatasetId, ModelId } from '../../lib/benchmark/ids.ts';
import type { Reference } from '../../lib/benchmark/report.ts';
import type { Suite } from '../../lib/benchmark/suite.ts';
import { readDataset } from '../datasets/index.ts';
import { measure } from '../metrics/index.ts';
import type { Tf } from '../tf.ts';
import { craft } from './craft.ts';
import { assemble } from './trial-data.ts';
import { trainUndefended } from './undefended.ts';

/** The undefended runs that share a clean one. */
export type CalibrationUnit = { readonly dataset: DatasetId; readonly model: ModelId; readonly seed: number };
export type UnitNumbers = Pick<Reference, 'clean' | 'cells'>;

/** Scored seeds first, then the gate's. */
export function unitsOf(suite: Suite): CalibrationUnit[] {
  const kinds = suite.scenarios.filter(
    ({ dataset, model }, at) => suite.scenarios.findIndex((other) => other.dataset === dataset && other.model === model) === at,
  );
  return [...suite.seeds, ...suite.gateSeeds].flatMap((seed) => kinds.map(({ dataset, model }) => ({ dataset, model, seed })));
}

/**
 * Trains the undefended model on clean data, then under every attack of the suite on this data set and model; equal to the last bit to what
 * trials of baseline `none` measure at the same seed and engine. The poison is crafted here: for scored seeds it is the published one.
 */
export async function calibrateUnit(tf: Tf, suite: Suite, unit: CalibrationUnit, datasets: string): Promise<UnitNumbers> {
  const { dataset, model, seed } = unit;
  const split = await readDataset(dataset, datasets);
  const base = assemble(split, unit, null);
  const clean = await trainUndefended(tf, unit, base.train);
  const cells: UnitNumbers['cells'] = [];
  for (const scenario of suite.scenarios.filter((one) => one.dataset === dataset && one.model === model))
    for (const budget of scenario.budgets) {
      const data = assemble(split, unit, await craft(suite, { scenario: scenario.id, budget, seed }, split));
      const attacked = measure(await trainUndefended(tf, unit, data.train), data);
      cells.push({
        scenario: scenario.id,
        budget,
        seed,
        clean: measure(clean, data).robustAccuracy!,
        attacked: attacked.robustAccuracy!,
        accuracy: attacked.cleanAccuracy,
        success: attacked.attackSuccess,
      });
    }
  return { clean: [{ dataset, model, seed, accuracy: measure(clean, base).cleanAccuracy }], cells };
}
