import { frontierSteps } from '../../lib/catalog/recipes.ts';
import type { Reference } from '../../lib/contract/report.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { readDataset } from '../datasets/index.ts';
import { measure, type Predict } from '../metrics/index.ts';
import type { Tf } from '../train/tf.ts';
import { type AttackCalled, craft } from './craft.ts';
import { settingOf } from './setting.ts';
import { assemble } from './trial-data.ts';
import { trainUndefended } from './undefended.ts';

/** The undefended runs that share a clean one. */
export type CalibrationUnit = { readonly dataset: string; readonly model: string; readonly seed: number };
export type UnitNumbers = Pick<Reference, 'clean' | 'cells' | 'frontier'>;

/** Scored seeds first, then the gate's. */
export function unitsOf(suite: Suite): CalibrationUnit[] {
  const kinds = suite.scenarios.filter(
    ({ dataset, model }, at) =>
      suite.scenarios.findIndex((other) => other.dataset === dataset && other.model === model) === at,
  );
  return [...suite.seeds, ...suite.gateSeeds].flatMap((seed) =>
    kinds.map(({ dataset, model }) => ({ dataset, model, seed })),
  );
}

/**
 * Trains the undefended model on clean data, then under every attack of the suite on this data set and model. The
 * numbers equal to the last bit those that trials of baseline `none` measure at the same seed and engine. The poison is
 * crafted here: for scored seeds it is the published one. At scored seeds the frontier's shorter schedules are trained
 * on the same data, 700 steps together where the full one takes 702.
 */
export async function calibrateUnit(
  tf: Tf,
  suite: Suite,
  unit: CalibrationUnit,
  datasets: string,
  attackCalled?: AttackCalled,
): Promise<UnitNumbers> {
  const { dataset, model, seed } = unit;
  const split = await readDataset(dataset, datasets);
  const setting = settingOf(suite, unit);
  const base = assemble(split, setting, null);
  const accuracyOf = (predict: Predict) => ({ dataset, model, seed, accuracy: measure(predict, base).cleanAccuracy });

  const clean = await trainUndefended(tf, unit, base.train);
  const frontier: UnitNumbers['frontier'] = [];
  for (const steps of suite.seeds.includes(seed) ? frontierSteps : [])
    frontier.push({ steps, clean: [accuracyOf(await trainUndefended(tf, unit, base.train, steps))], cells: [] });
  const cells: UnitNumbers['cells'] = [];
  for (const scenario of suite.scenarios.filter((one) => one.dataset === dataset && one.model === model))
    for (const budget of scenario.budgets) {
      const cell = { scenario: scenario.id, budget, seed };
      const data = assemble(split, setting, await craft(suite, cell, split, attackCalled));
      const attacked = measure(await trainUndefended(tf, unit, data.train), data);
      cells.push({
        ...cell,
        clean: measure(clean, data).robustAccuracy!,
        attacked: attacked.robustAccuracy!,
        accuracy: attacked.cleanAccuracy,
        success: attacked.attackSuccess,
      });
      for (const member of frontier)
        member.cells.push({
          ...cell,
          attacked: measure(await trainUndefended(tf, unit, data.train, member.steps), data).robustAccuracy!,
        });
    }
  return { clean: [accuracyOf(clean)], cells, frontier };
}
