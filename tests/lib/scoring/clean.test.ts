import { describe, expect, it } from 'vitest';
import { SuiteSchema } from '../../../lib/contract/suite.ts';
import { cleanBySeed, cleanOf } from '../../../lib/scoring/clean.ts';
import { suite, trial } from '../../support/toy-suite.ts';

const [flip, ...others] = suite.scenarios;
const twoModels = SuiteSchema.parse({
  ...suite,
  scenarios: [flip, { ...flip, id: 'flip-lr', model: 'lr' }, ...others],
});
const run = (model: string, seed: number, accuracy: number) => ({ dataset: 'fashion-mnist', model, seed, accuracy });

describe('clean accuracy', () => {
  it('is the mean over the models of the suite, at each seed', () =>
    expect(cleanBySeed(twoModels, [run('lr', 3, 0.8), run('mlp-128', 3, 0.9)])).toEqual(
      new Map([[3, expect.closeTo(0.85, 12)]]),
    ));

  it('is not known at a seed that lacks one of the models', () =>
    expect(cleanBySeed(twoModels, [run('lr', 3, 0.8), run('lr', 4, 0.8), run('mlp-128', 4, 0.9)])).toEqual(
      new Map([[4, expect.closeTo(0.85, 12)]]),
    ));

  it('is 0 where the clean run failed', () => {
    const failed = trial('clean-fashion-mnist-mlp-128', 0, 2, 0.8, { outcome: 'threw', cleanAccuracy: null });
    expect(cleanOf(suite, [failed])).toEqual(new Map([[2, 0]]));
  });
});
