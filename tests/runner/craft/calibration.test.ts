import { beforeAll, describe, expect, it } from 'vitest';
import { SuiteSchema } from '../../../lib/contract/suite.ts';
import { keptOf } from '../../../lib/scoring/version-2/kept.ts';
import { calibrateUnit, type UnitNumbers } from '../../../runner/craft/calibration.ts';
import { craft } from '../../../runner/craft/craft.ts';
import { settingOf } from '../../../runner/craft/setting.ts';
import { assemble } from '../../../runner/craft/trial-data.ts';
import { leftBy, tunedBiases } from '../../../runner/craft/tuned-biases.ts';
import { undefendedLogits, usual } from '../../../runner/craft/undefended.ts';
import { readDataset } from '../../../runner/datasets/index.ts';
import { dataPath } from '../../../runner/host/places.ts';
import { measure } from '../../../runner/metrics/index.ts';
import { labelsOf } from '../../../runner/metrics/labels.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { type OpenEngine, openEngine } from '../../../runner/train/tf.ts';
import { requires } from '../../support/requires.ts';

const dataset = 'fashion-mnist';
const unit = { dataset, model: 'lr', seed: 100 };
const suite = SuiteSchema.parse({
  id: 'test-2',
  title: 'Test',
  summary: 'A draw with two attacks.',
  published: '2026-11-28',
  recipe: 'core',
  rules: { hygiene: 2, scoring: 2 },
  draw: { plan: 'smoke', dataset, seed: '0123456789abcdef'.repeat(4) },
  ranked: false,
  seeds: [0],
  gateSeeds: [100, 101],
  scenarios: [
    { id: 'flip', dataset, model: 'lr', attack: 'confidence-flip', family: 'indiscriminate', budgets: [0.2] },
    {
      id: 'swap',
      dataset,
      model: 'lr',
      attack: 'class-swap',
      family: 'adaptive',
      budgets: [0.4],
      params: { pairs: 2 },
    },
  ],
  digest: `sha256:${'0'.repeat(64)}`,
});

describe.runIf(requires('fashion-mnist'))(
  'calibration for the second version of the score',
  { timeout: 600_000 },
  () => {
    let engine: OpenEngine;
    let numbers: UnitNumbers;
    beforeAll(async () => {
      engine = await openEngine('wasm');
      numbers = await calibrateUnit(usual(engine.tf), suite, unit, dataPath('datasets'));
    }, 600_000);

    it('keeps recalls of every run, and names the classes that an attack leaves as they are', () => {
      const [clean] = numbers.clean;
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(clean!.recalls!)).toBeCloseTo(clean!.accuracy, 12); // as many test rows of each class
      for (const cell of numbers.cells) expect(mean(cell.recalls!)).toBeCloseTo(cell.accuracy, 12);
      expect(numbers.cells.map(({ others }) => others!.length)).toEqual([0, 6]);
      expect(numbers.cells.map(({ commonestClass }) => commonestClass! > 0.1)).toEqual([true, true]);
    });

    it('tunes biases on the very model that was attacked: no 1,000 random ones keep .01 more', async () => {
      const split = await readDataset(dataset, dataPath('datasets'));
      const setting = settingOf(suite, unit);
      for (const [at, cell] of numbers.cells.entries()) {
        const data = assemble(split, setting, await craft(suite, cell, split));
        const logits = await undefendedLogits(usual(engine.tf), { ...setting, model: unit.model }, data.train);
        const { rows, wanted, shares } = data.attacked!;
        expect(measure((set) => labelsOf(logits(set), set.n), data).robustAccuracy).toBe(cell.attacked);
        const standard = { recalls: numbers.clean[0]!.recalls!, cap: cell.clean, others: cell.others! };
        const biased = {
          standard,
          test: { y: data.test.y, logits: logits(data.test) },
          attacked: { y: rows.y, logits: logits(rows), wanted, shares },
        };
        const tuned = tunedBiases(biased);
        const recorded = numbers.bias![at]!;
        expect([recorded.attacked, recorded.recalls]).toEqual([tuned.robustAccuracy, tuned.recalls]);
        const kept = (biases: readonly number[]) => keptOf(standard, standard.recalls, leftBy(biased, biases));
        const rng = rootOf(`random ${cell.scenario}`);
        const random = Math.max(
          ...Array.from({ length: 1000 }, (_, i) => kept([...rng.gaussians(10, [0.3, 1, 2, 4][i % 4]!)])),
        );
        expect(random).toBeLessThanOrEqual(kept(recorded.biases) + 0.01);
      }
    });
  },
);
