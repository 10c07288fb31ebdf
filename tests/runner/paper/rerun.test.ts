import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { results } from '../../../lib/studies/paper/index.ts';
import { collisionRun } from '../../../runner/paper/collision.ts';
import { flipsRun } from '../../../runner/paper/flips.ts';
import { insertionRun } from '../../../runner/paper/insertion.ts';
import { type Lab, openLab } from '../../../runner/paper/lab.ts';
import type { Part } from '../../../runner/paper/part.ts';
import { recipes } from '../../../runner/paper/recipes.ts';
import { inputsOf } from '../../../runner/paper/run-part.ts';
import { slabRun } from '../../../runner/paper/slab.ts';
import { study } from '../../../runner/paper/study.ts';
import { targetedRuns } from '../../../runner/paper/targeted.ts';
import { trainAndTest } from '../../../runner/paper/train.ts';
import { openEngine } from '../../../runner/train/tf.ts';
import { requires } from '../../support/requires.ts';

test('what is committed was measured with the inputs that the study has now', async () => {
  for (const part of Object.values(study) as Part[]) {
    const committed = results[part.id];
    if (committed) expect([part.id, committed.inputs]).toEqual([part.id, await inputsOf(part)]);
  }
});

/**
 * On the same engine and processor to the last digit; elsewhere the draws are the same and the sums are not, which
 * moves a few test rows of 2,000.
 */
describe.runIf(requires('fashion-mnist'))('a cell of each part that is committed, run again', () => {
  let lab: Lab;
  const kept = mkdtempSync(join(tmpdir(), 'antidote-paper-'));
  beforeAll(async () => {
    lab = openLab(await openEngine('auto'), kept, new AbortController().signal);
  });
  afterAll(() => rmSync(kept, { recursive: true, force: true }));

  const expectSame = <Run extends { best: number }>(
    part: keyof typeof results,
    run: Run,
    committed: Run | undefined,
  ) => {
    if (JSON.stringify(lab.engine) === JSON.stringify(results[part]!.engine)) expect(run).toEqual(committed);
    else expect(Math.abs(run.best - committed!.best)).toBeLessThan(0.01);
  };

  test('flips', async () => {
    const cell = { rate: 0.1, shaping: 'none', seed: 0 } as const;
    const committed = results.flips!.runs.find(
      ({ rate, shaping, seed }) => rate === cell.rate && shaping === cell.shaping && seed === cell.seed,
    );
    expectSame('flips', await flipsRun(lab, cell), committed);
  });

  test('slab', async () => {
    const cell = { rate: 0.1, shaping: 'clip-0.1', seed: 1 } as const;
    const committed = results.slab!.runs.find(
      ({ rate, shaping, seed }) => rate === cell.rate && shaping === cell.shaping && seed === cell.seed,
    );
    expectSame('slab', await slabRun(lab, cell), committed);
  });

  test('collision', async () => {
    const cell = { dataset: 'fashion-mnist-3-4', model: 'lr', start: 'scratch', pairs: 100, alpha: 1 } as const;
    const committed = results.collision!.runs.find(
      ({ pairs, alpha, seed }) => pairs === 100 && alpha === 1 && seed === 0,
    );
    expectSame('collision', await collisionRun(lab, cell, 0), committed);
  });

  test('insertion', async () => {
    const cell = { model: 'lr', patch: 4, seed: 0 } as const;
    const committed = results.insertion!.runs.find(
      ({ model, patch, seed }) => model === cell.model && patch === cell.patch && seed === cell.seed,
    );
    expectSame('insertion', await insertionRun(lab, cell), committed);
  }, 900_000);

  test('convolution, but for all epochs after the first: a cell takes twenty minutes', async () => {
    const { train, test: held } = await lab.split('fashion-mnist');
    const first = {
      dataset: 'fashion-mnist',
      model: 'cnn',
      recipe: { ...recipes.convolution, epochs: 1 },
      shaping: 'none',
      seed: 0,
      train,
    } as const;
    const { last } = await trainAndTest(lab, first, held);
    const committed = results.convolution!.runs.find(({ patch }) => patch === 0)!;
    expectSame('convolution', { best: last }, { best: committed.accuracies[0]! });
  }, 900_000);

  test('targeted', async () => {
    const cell = { dataset: 'purchase-100-like', model: 'lr', shaping: 'none', seed: 0, place: 0 } as const;
    const [run] = await targetedRuns(lab, cell);
    const committed = results.targeted!.runs.find(
      ({ dataset, shaping, target }) => dataset === cell.dataset && shaping === 'none' && target === run!.target,
    );
    if (JSON.stringify(lab.engine) === JSON.stringify(results.targeted!.engine)) expect(run).toEqual(committed);
    else expect([run!.control, run!.oneShot.succeeded]).toEqual([committed!.control, committed!.oneShot.succeeded]);
  }, 300_000);
});
