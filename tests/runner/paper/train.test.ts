import { describe, expect, test } from 'vitest';
import { trainAndTest } from '../../../runner/paper/train.ts';
import { onLab } from '../../support/study-lab.ts';
import { tinyModel, tinySet } from '../jail/tiny-job.ts';

const of = (learningRate: number) => ({
  dataset: 'fashion-mnist' as const,
  model: 'lr' as const,
  recipe: { recipe: { ...tinyModel.recipe, learningRate }, epochs: 3 },
  shaping: 'none' as const,
  seed: 0,
  train: tinySet(0),
  poisonFrom: 290,
});

describe('a run of the study', () => {
  const lab = onLab();

  test('that diverges is recorded with accuracy 0 and no artifacts from there on', async () => {
    const { accuracies, last, artifacts, end } = await trainAndTest(lab(), of(1e38), tinySet(1));
    expect([accuracies, last, artifacts]).toEqual([[0, 0, 0], 0, [null, null, null]]);
    expect(end.predict(tinySet(1))).toEqual(new Int32Array(300).fill(-1));
  });

  test('that does not diverge keeps what it measured', async () => {
    const { accuracies, last, artifacts } = await trainAndTest(lab(), of(0.1), tinySet(1));
    expect(accuracies).toHaveLength(3);
    expect(last).toBeGreaterThan(0.9);
    expect(artifacts).not.toContain(null);
  });
});
