import { expect, it } from 'vitest';
import { trainingStreams } from '../../../runner/craft/streams.ts';
import { streamsOf } from '../../../runner/random/rng.ts';

const run = { dataset: 'fashion-mnist', model: 'lr', seed: 0 };
const draw = { plan: 'core', dataset: 'fashion-mnist', seed: '0123456789abcdef'.repeat(4) };

it('is as it was published where a suite is not drawn', () =>
  expect(trainingStreams(run)).toEqual(streamsOf('fashion-mnist', 'lr', 0)));

it('differs with the seed of a draw, so that nothing in training tells data set or seed to who does not know it', () => {
  const all = [
    trainingStreams(run),
    trainingStreams({ ...run, draw }),
    trainingStreams({ ...run, draw: { ...draw, seed: 'f'.repeat(64) } }),
    trainingStreams({ ...run, draw, seed: 1 }),
    trainingStreams({ ...run, draw, model: 'mlp-128' }),
  ].flatMap((streams) => Object.values(streams));
  expect(new Set(all).size).toBe(20);
  expect(trainingStreams({ ...run, draw })).toEqual(trainingStreams({ ...run, draw }));
});
