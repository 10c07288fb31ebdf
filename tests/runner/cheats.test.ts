import { describe, expect, it } from 'vitest';
import { type CheatId, cheatsMeasured } from '../../lib/catalog/cheats.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import type { FilterDefense, LabeledSet, TrainDefense } from '../../lib/contract/defense.ts';
import { readCell } from '../../runner/craft/cell.ts';
import { assemble, poisoned } from '../../runner/craft/trial-data.ts';
import { loadDataset } from '../../runner/datasets/index.ts';
import { dataPath } from '../../runner/host/places.ts';
import { filterShares } from '../../runner/metrics/filter.ts';
import { shareEqual } from '../../runner/metrics/index.ts';
import { labelsOf } from '../../runner/metrics/labels.ts';
import { modelCard } from '../../runner/train/models/index.ts';
import { logitsOf } from '../../runner/train/predict.ts';
import { cheatCode } from '../support/cheat-code.ts';
import { onCheats, suite } from '../support/cheats.ts';
import { requires } from '../support/requires.ts';

const { seed, reference } = cheatsMeasured;
const cell = (scenario: string) => ({
  scenario,
  budget: suite.scenarios.find(({ id }) => id === scenario)!.budgets[0]!,
  seed,
});

/** The module itself, outside the jail and the suite. */
const loaded = async (code: string) =>
  (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)).default;

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('cheats', () => {
  const { engine, expectAsInTable } = onCheats();

  // One of each end; the lane `cheats` trains and scores them all.
  it.each(['constant-model', 'crashes-on-suspicion', 'smuggled-weights'] as const)(
    '%s ends as the table says',
    { timeout: 900_000 },
    (id) => expectAsInTable(id, reference.mean),
  );

  describe('what stops them is what the table says', { timeout: 300_000 }, () => {
    const filterOf = async (id: CheatId, scenarios?: readonly string[]) => {
      const { filter }: FilterDefense = await loaded(await cheatCode(id, engine().tf, scenarios));
      return async (train: LabeledSet, isPoison: Uint8Array) =>
        filterShares(await filter(train, { log() {} } as never), isPoison);
    };
    const maskOf = (n: number, index: Int32Array) => {
      const isPoison = new Uint8Array(n);
      for (const row of index) isPoison[row] = 1;
      return isPoison;
    };

    it.each([
      ['deduplicator', 'target-insertion-lr'],
      ['public-members', 'target-insertion-lr'],
      ['public-members', 'badnets-mlp-128'],
    ] as const)('%s finds the poison of %s where no jitter was laid on', async (id, scenario) => {
      const { train } = await loadDataset('fashion-mnist', dataPath());
      const poison = await readCell(suite, cell(scenario), dataPath('suites'));
      const { filterRecall, filterFalsePositives } = await (await filterOf(id))(
        poisoned(train, poison),
        maskOf(train.n, poison.index),
      );
      expect(filterRecall).toBeGreaterThan(0.99);
      expect(filterFalsePositives).toBeLessThan(0.01);
    });

    it('public-mask knows no row of the same poison in another jitter', async () => {
      const clean = await loadDataset('fashion-mnist', dataPath());
      const poison = await readCell(suite, cell('badnets-mlp-128'), dataPath('suites'));
      const redrawn = assemble(clean, { dataset: 'fashion-mnist', seed: 77 }, poison);
      const { filterRecall, filterFalsePositives } = await (await filterOf('public-mask', ['badnets-mlp-128']))(
        redrawn.train,
        redrawn.isPoison,
      );
      expect(Math.abs(filterRecall! - filterFalsePositives!)).toBeLessThan(0.05);
    });

    it('smuggled-weights fit nothing where pixels and classes are permuted', async () => {
      const { train: module }: TrainDefense = await loaded(await cheatCode('smuggled-weights', engine().tf));
      const { test } = await loadDataset('fashion-mnist', dataPath());
      const card = modelCard('lr', test.shape, test.classes, coreRecipe('fashion-mnist'));
      const weights = (await module({ train: test, model: card, init: null }, {} as never)) as never;
      const accuracy = (rows: LabeledSet) =>
        shareEqual(labelsOf(logitsOf(engine().tf, card, weights, rows), rows.n), rows.y);
      const permuted = {
        ...test,
        x: test.x.map((_, at) => test.x[at - (at % 784) + (((at % 784) * 5) % 784)]!),
        y: test.y.map((label) => (label + 3) % 10),
      };
      expect(accuracy(test)).toBeGreaterThan(0.8);
      expect(accuracy(permuted)).toBeLessThan(0.2);
    });
  });
});
