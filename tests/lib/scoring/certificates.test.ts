import { expect, it } from 'vitest';
import { certifiedCurves } from '../../../lib/scoring/certificates.ts';
import { trial } from '../../support/toy-suite.ts';

const curve = (...accuracies: number[]) =>
  accuracies.map((accuracy, place) => ({ rows: place === 0 ? 0 : 2 ** (place - 1), accuracy }));
const clean = (seed: number, ...accuracies: number[]) =>
  trial('clean-fashion-mnist-mlp-128', 0, seed, 0.8, { certified: curve(...accuracies) });

it('certified accuracy is averaged over seeds, without poison alone, as far as all of them reach', () => {
  const attacked = trial('flip', 0.1, 0, 0.8, { certified: curve(0.1, 0.1) });
  const [found, ...more] = certifiedCurves([clean(0, 0.8, 0.6, 0.4), attacked, clean(1, 0.9, 0.7)]);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ dataset: 'fashion-mnist', model: 'mlp-128', seeds: 2 });
  expect(found!.curve.map(({ rows, accuracy }) => [rows, accuracy.toFixed(3)])).toEqual([
    [0, '0.850'],
    [1, '0.650'],
  ]);
});

it('one set of weights has no curve', () =>
  expect(certifiedCurves([trial('clean-fashion-mnist-mlp-128', 0, 0, 0.8)])).toEqual([]));
