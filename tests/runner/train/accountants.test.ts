import { expect, test } from 'vitest';
import { epsilonBounds } from '../../../runner/train/prv.ts';
import { accountantProperties } from '../../support/accountant-properties.ts';

accountantProperties(200, 4);

test.each([
  // q, σ, steps, δ; ε at least and at most by dp-accounting 0.6.0 (PLD); ε by prv-accountant 0.2.0
  [1e-4, 0.3, 1_000_000, 1e-5, 70.733, 71.739, 71.236],
  [256 / 60_000, 4, 702, 1e-5, 0.08512966552473183, 0.0886399998410853, 0.08868401584089144],
  [256 / 60_000, 50, 702, 1e-5, 0.00470944532179812, 0.00506048169770026, 0.0054997618376542625],
  [0.01, 0.5, 1000, 1e-5, 13.310376900512003, 13.3608256901358, 13.361977216394815],
  [1, 2, 50, 1e-5, 20.67, 20.675517263337955, 20.675508211714025],
  [0.2, 3, 1000, 1e-6, 12.209970525145465, 12.259972277823515, 12.259970383025518],
  [0.001, 0.4, 20_000, 1e-6, 19.382116988495817, 19.562491097854753, 19.562670636582872],
  [0.1, 0.8, 100, 1e-8, 15.415071757938867, 15.420072077362343, 15.42600341292038],
  [0.02, 10, 5000, 1e-3, 0.2763735439691787, 0.3013742558735684, 0.30138183503800237],
])(
  'of q=%f σ=%f steps=%i δ=%f no second implementation finds ε outside the interval',
  (samplingRate, noiseMultiplier, steps, delta, least, most, other) => {
    const { lower, epsilon, upper } = epsilonBounds({ samplingRate, noiseMultiplier, steps, delta });
    expect([lower <= most, least <= upper]).toEqual([true, true]);
    expect(Math.abs(epsilon - other)).toBeLessThan(0.01);
  },
);

test.each([
  // q; ε by dp-accounting 0.6.0 (PLD), and for the first [70.733, 71.739] by prv-accountant 0.2.0
  [1e-4, 71.234],
  [6e-5, 44.9236],
])(
  'a shift longer than the grid wraps nothing round: a million steps of q=%f that each lose less than a mesh cell',
  (samplingRate, other) => {
    const { lower, epsilon, upper } = epsilonBounds({
      samplingRate,
      noiseMultiplier: 0.3,
      steps: 1_000_000,
      delta: 1e-5,
    });
    expect([lower < other, Math.abs(epsilon - other) < 0.01, other < upper, upper - lower < 1.5]).toEqual(
      Array(4).fill(true),
    );
  },
);
