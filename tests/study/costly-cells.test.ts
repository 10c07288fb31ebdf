import { describe, test } from 'vitest';
import { results } from '../../lib/studies/paper/index.ts';
import { insertionRun } from '../../runner/paper/insertion.ts';
import { recipes } from '../../runner/paper/recipes.ts';
import { trainAndTest } from '../../runner/paper/train.ts';
import { requires } from '../support/requires.ts';
import { expectSame, onLab } from '../support/study-lab.ts';

/** The cells that take a minute and more; tests/runner/paper/rerun.test.ts runs a cheap one of every other part. */
describe.runIf(requires('fashion-mnist'))('a costly cell of a part that is committed, run again', () => {
  const lab = onLab();

  test('insertion', async () => {
    const cell = { model: 'lr', patch: 4, seed: 0 } as const;
    const committed = results.insertion!.runs.find(
      ({ model, patch, seed }) => model === cell.model && patch === cell.patch && seed === cell.seed,
    );
    expectSame(lab(), 'insertion', await insertionRun(lab(), cell), committed);
  }, 900_000);

  test('convolution, but for all epochs after the first: a cell takes twenty minutes', async () => {
    const { train, test: held } = await lab().split('fashion-mnist');
    const first = {
      dataset: 'fashion-mnist',
      model: 'cnn',
      recipe: { ...recipes.convolution, epochs: 1 },
      shaping: 'none',
      seed: 0,
      train,
    } as const;
    const { last } = await trainAndTest(lab(), first, held);
    const committed = results.convolution!.runs.find(({ patch }) => patch === 0)!;
    expectSame(lab(), 'convolution', { best: last }, { best: committed.accuracies[0]! });
  }, 900_000);
});
