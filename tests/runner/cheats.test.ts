import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Cheat,
  type CheatId,
  type CheatVerdict,
  cheatIds,
  cheats,
  cheatsMeasured,
} from '../../lib/catalog/cheats.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import type { FilterDefense, LabeledSet, TrainDefense } from '../../lib/contract/defense.ts';
import { Report, type Scores } from '../../lib/contract/report.ts';
import { readCell } from '../../runner/craft/cell.ts';
import { prepareSuite } from '../../runner/craft/prepare-suite.ts';
import { assemble, poisoned } from '../../runner/craft/trial-data.ts';
import { loadDataset } from '../../runner/datasets/index.ts';
import { dataPath } from '../../runner/host/places.ts';
import { filterShares } from '../../runner/metrics/filter.ts';
import { shareEqual } from '../../runner/metrics/index.ts';
import { labelsOf } from '../../runner/metrics/labels.ts';
import { chosenBackend } from '../../runner/train/chosen-backend.ts';
import { modelCard } from '../../runner/train/models/index.ts';
import { logitsOf } from '../../runner/train/predict.ts';
import { type OpenEngine, openEngine } from '../../runner/train/tf.ts';
import { built } from '../support/built.ts';
import { cheatCode } from '../support/cheat-code.ts';
import { antidote } from '../support/command-line.ts';
import { requires } from '../support/requires.ts';

const { seed } = cheatsMeasured;
const suite = suiteNamed(cheatsMeasured.suite);
const cell = (scenario: string) => ({
  scenario,
  budget: suite.scenarios.find(({ id }) => id === scenario)!.budgets[0]!,
  seed,
});

/** The module itself, outside the jail and the suite. */
const loaded = async (code: string) =>
  (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)).default;

/** Where its numbers put a row beside DP-SGD's. */
const verdictOf = ({ mean, flags }: Scores, reference: Scores): CheatVerdict | 'unstopped' =>
  mean!.value <= reference.mean!.value ? 'below' : flags.includes('embeds-data') ? 'flagged' : 'unstopped';

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('cheats', () => {
  let engine: OpenEngine;
  let dataDir: string; // where the undefended time is measured on a machine as busy as now
  const codes = new Map<CheatId, Promise<string>>();
  const codeOf = (id: CheatId) => {
    if (!codes.has(id)) codes.set(id, cheatCode(id, engine.tf));
    return codes.get(id)!;
  };
  let reference: Promise<Scores> | undefined;
  const dpSgd = () => {
    reference ??= evaluated('dp-sgd');
    return reference;
  };
  beforeAll(async () => {
    built();
    await prepareSuite(suite, () => {});
    dataDir = mkdtempSync(join(tmpdir(), 'antidote-cheats-'));
    for (const folder of ['datasets', 'suites']) symlinkSync(dataPath(folder), join(dataDir, folder));
    engine = await openEngine(await chosenBackend());
  }, 900_000);
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  /** By the command line, on the first seed: of a module file, or of a baseline. */
  async function evaluated(defense: string): Promise<Scores> {
    const env = { ANTIDOTE_DATA: dataDir, ANTIDOTE_BACKEND: engine.engine.backend };
    const { code, out, err } = await antidote(
      ['evaluate', defense, '--suite', suite.id, '--seeds', '1', '--json', '-'],
      env,
    );
    expect([0, 1], err).toContain(code); // 1: it failed in a trial, as some cheats do
    return Report.parse(JSON.parse(out)).scores;
  }

  it.each(cheatIds)('%s ends as the table says', { timeout: 900_000 }, async (id) => {
    const { verdict, flags, mean, worst }: Cheat = cheats[id];
    const path = join(dataDir, `${id}.mjs`);
    writeFileSync(path, await codeOf(id));
    const scores = await evaluated(path);
    expect({ verdict: verdictOf(scores, await dpSgd()), flags: scores.flags }).toEqual({ verdict, flags });
    expect(Math.abs(scores.mean!.value - mean)).toBeLessThan(0.06); // engines and processors differ by a target in twenty
    expect(Math.abs(scores.worst!.value - worst)).toBeLessThan(0.1);
    if (id === 'early-stopper') expect(scores.gain!.value).toBeLessThanOrEqual(0);
  });

  it('DP-SGD, which they are held against, has the numbers that are shown', { timeout: 900_000 }, async () => {
    const { mean, worst } = await dpSgd();
    expect(Math.abs(mean!.value - cheatsMeasured.reference.mean)).toBeLessThan(0.06);
    expect(Math.abs(worst!.value - cheatsMeasured.reference.worst)).toBeLessThan(0.1);
  });

  describe('what stops them is what the table says', { timeout: 300_000 }, () => {
    const filterOf = async (id: CheatId) => {
      const { filter }: FilterDefense = await loaded(await codeOf(id));
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
      const { filterRecall, filterFalsePositives } = await (await filterOf('public-mask'))(
        redrawn.train,
        redrawn.isPoison,
      );
      expect(Math.abs(filterRecall! - filterFalsePositives!)).toBeLessThan(0.05);
    });

    it('smuggled-weights fit nothing where pixels and classes are permuted', async () => {
      const { train: module }: TrainDefense = await loaded(await codeOf('smuggled-weights'));
      const { test } = await loadDataset('fashion-mnist', dataPath());
      const card = modelCard('lr', test.shape, test.classes, coreRecipe('fashion-mnist'));
      const weights = (await module({ train: test, model: card, init: null }, {} as never)) as never;
      const accuracy = (rows: LabeledSet) =>
        shareEqual(labelsOf(logitsOf(engine.tf, card, weights, rows), rows.n), rows.y);
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
