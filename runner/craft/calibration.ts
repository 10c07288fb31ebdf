import { frontierSteps } from '../../lib/catalog/recipes.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Reference } from '../../lib/contract/report.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import type { Standard } from '../../lib/scoring/version-2/kept.ts';
import { readDataset } from '../datasets/index.ts';
import { measure, type Predict } from '../metrics/index.ts';
import { labelsOf } from '../metrics/labels.ts';
import { type AttackCalled, craft } from './craft.ts';
import { settingOf } from './setting.ts';
import { assemble, type TrialData } from './trial-data.ts';
import { tunedBiases } from './tuned-biases.ts';
import { trainUndefended, type Undefended, undefendedLogits } from './undefended.ts';

/** The undefended runs that share a clean one. */
export type CalibrationUnit = { readonly dataset: string; readonly model: string; readonly seed: number };
export type UnitNumbers = Pick<Reference, 'clean' | 'cells' | 'frontier' | 'bias'>;

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
 * on the same data, 700 steps together where the full one takes 702. For the second version of the score recalls are
 * kept too, and biases are tuned on every attacked model.
 */
export async function calibrateUnit(
  by: Undefended,
  suite: Suite,
  unit: CalibrationUnit,
  datasets: string,
  attackCalled?: AttackCalled,
): Promise<UnitNumbers> {
  const { dataset, model, seed } = unit;
  const second = suite.rules.scoring === 2;
  const split = await readDataset(dataset, datasets);
  const setting = settingOf(suite, unit);
  const run = { ...setting, model };
  const base = assemble(split, setting, null);
  const cleanRun = (predict: Predict): UnitNumbers['clean'][number] => {
    const { cleanAccuracy, recalls } = measure(predict, base);
    return { dataset, model, seed, accuracy: cleanAccuracy, ...(second && { recalls }) };
  };

  const clean = await trainUndefended(by, run, base.train);
  const undefended = cleanRun(clean);
  const frontier: UnitNumbers['frontier'] = [];
  for (const steps of suite.seeds.includes(seed) ? frontierSteps : [])
    frontier.push({ steps, clean: [cleanRun(await trainUndefended(by, run, base.train, steps))], cells: [] });
  const cells: UnitNumbers['cells'] = [];
  const bias: Biased[] = [];
  for (const scenario of suite.scenarios.filter((one) => one.dataset === dataset && one.model === model))
    for (const budget of scenario.budgets) {
      const cell = { scenario: scenario.id, budget, seed };
      const poison = await craft(suite, cell, split, attackCalled);
      const data = assemble(split, setting, poison);
      const logits = await undefendedLogits(by, run, data.train);
      const attacked = measure((rows) => labelsOf(logits(rows), rows.n), data);
      const cap = measure(clean, data).robustAccuracy!;
      const others = Array.from(poison.aim.others ?? []);
      cells.push({
        ...cell,
        clean: cap,
        attacked: attacked.robustAccuracy!,
        accuracy: attacked.cleanAccuracy,
        success: attacked.attackSuccess,
        ...(second && { recalls: attacked.recalls, commonestClass: attacked.commonestClass, others }),
      });
      if (second) bias.push({ ...cell, ...biasesOf(data, logits, { recalls: undefended.recalls!, cap, others }) });
      for (const member of frontier) {
        const { robustAccuracy, recalls } = measure(await trainUndefended(by, run, data.train, member.steps), data);
        member.cells.push({ ...cell, attacked: robustAccuracy!, ...(second && { recalls }) });
      }
    }
  return { clean: [undefended], cells, frontier, ...(second && { bias }) };
}

type Biased = NonNullable<Reference['bias']>[number];

function biasesOf(data: TrialData, logits: (rows: LabeledSet) => Float32Array, standard: Standard) {
  const { rows, wanted, shares } = data.attacked!;
  const { robustAccuracy, recalls, biases } = tunedBiases({
    standard,
    test: { y: data.test.y, logits: logits(data.test) },
    attacked: { y: rows.y, logits: logits(rows), wanted, shares },
  });
  return { attacked: robustAccuracy, recalls: [...recalls], biases: [...biases] };
}
