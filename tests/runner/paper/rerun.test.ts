import { describe, expect, test } from 'vitest';
import { results } from '../../../lib/studies/paper/index.ts';
import { collisionRun } from '../../../runner/paper/collision.ts';
import { flipsRun } from '../../../runner/paper/flips.ts';
import type { Part } from '../../../runner/paper/part.ts';
import { inputsOf } from '../../../runner/paper/run-part.ts';
import { slabRun } from '../../../runner/paper/slab.ts';
import { study } from '../../../runner/paper/study.ts';
import { targetedRuns } from '../../../runner/paper/targeted.ts';
import { requires } from '../../support/requires.ts';
import { expectSame, onLab } from '../../support/study-lab.ts';

test('what is committed was measured with the inputs that the study has now', async () => {
  for (const part of Object.values(study) as Part[]) {
    const committed = results[part.id];
    if (committed) expect([part.id, committed.inputs]).toEqual([part.id, await inputsOf(part)]);
  }
});

describe.runIf(requires('fashion-mnist'))('a cheap cell of a part that is committed, run again', () => {
  const lab = onLab();

  test('flips', async () => {
    const cell = { rate: 0.1, shaping: 'none', seed: 0 } as const;
    const committed = results.flips!.runs.find(
      ({ rate, shaping, seed }) => rate === cell.rate && shaping === cell.shaping && seed === cell.seed,
    );
    expectSame(lab(), 'flips', await flipsRun(lab(), cell), committed);
  });

  test('slab', async () => {
    const cell = { rate: 0.1, shaping: 'clip-0.1', seed: 1 } as const;
    const committed = results.slab!.runs.find(
      ({ rate, shaping, seed }) => rate === cell.rate && shaping === cell.shaping && seed === cell.seed,
    );
    expectSame(lab(), 'slab', await slabRun(lab(), cell), committed);
  });

  test('collision', async () => {
    const cell = { dataset: 'fashion-mnist-3-4', model: 'lr', start: 'scratch', pairs: 100, alpha: 1 } as const;
    const committed = results.collision!.runs.find(
      ({ pairs, alpha, seed }) => pairs === 100 && alpha === 1 && seed === 0,
    );
    expectSame(lab(), 'collision', await collisionRun(lab(), cell, 0), committed);
  });

  test('targeted', async () => {
    const cell = { dataset: 'purchase-100-like', model: 'lr', shaping: 'none', seed: 0, place: 0 } as const;
    const [run] = await targetedRuns(lab(), cell);
    const committed = results.targeted!.runs.find(
      ({ dataset, shaping, target }) => dataset === cell.dataset && shaping === 'none' && target === run!.target,
    );
    if (JSON.stringify(lab().engine) === JSON.stringify(results.targeted!.engine)) expect(run).toEqual(committed);
    else expect([run!.control, run!.oneShot.succeeded]).toEqual([committed!.control, committed!.oneShot.succeeded]);
  }, 300_000);
});
