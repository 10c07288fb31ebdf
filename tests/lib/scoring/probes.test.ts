import { describe, expect, it } from 'vitest';
import type { TrialResult } from '../../../lib/contract/result.ts';
import { probeFindings } from '../../../lib/scoring/probes.ts';
import { run } from '../../support/toy-suite.ts';

const [some] = run({});
const trial = (attack: string | null, seed: number, numbers: Partial<TrialResult>): TrialResult => ({
  ...some!,
  scenario: attack === null ? 'clean-hidden-lr' : `${attack}-lr`,
  attack,
  dataset: 'hidden',
  model: 'lr',
  budget: attack === null ? 0 : 1,
  seed,
  cleanAccuracy: null,
  robustAccuracy: null,
  attackSuccess: null,
  ...numbers,
});
const cell = (scenario: string, seed: number, numbers: { attacked: number; success: number | null }) => ({
  scenario,
  budget: 1,
  seed,
  clean: 0.8,
  accuracy: 0.3,
  ...numbers,
});
const undefended = {
  clean: [0, 1].map((seed) => ({ dataset: 'hidden', model: 'lr', seed, accuracy: 0.8 })),
  cells: [
    cell('few-rows-lr', 0, { attacked: 0.3, success: null }),
    cell('few-rows-lr', 1, { attacked: 0.4, success: null }),
    cell('other-world-lr', 0, { attacked: 0.05, success: 0.7 }),
    cell('other-world-lr', 1, { attacked: 0.05, success: 0.6 }),
  ],
};
const found = (...trials: TrialResult[]) =>
  probeFindings(trials, undefended).map(({ what, flag, mean, limit }) => ({ what, flag, above: mean > limit }));

describe('an honesty probe', () => {
  it.each([
    ['renamed-classes', 'seed-ignored'],
    ['shuffled-labels', 'learns-from-nothing'],
  ])('of %s is told by rows that are right above chance, over all seeds', (attack, flag) => {
    const runs = (second: number) =>
      [0.1, second].map((robustAccuracy, seed) => trial(attack, seed, { robustAccuracy }));
    expect(found(...runs(0.28))).toMatchObject([{ flag, above: false }]);
    expect(found(...runs(0.32))).toMatchObject([{ flag, above: true }]);
  });

  it('of few rows is held against the undefended model of the same seed', () => {
    const runs = (more: number) =>
      [0.3, 0.4].map((robustAccuracy, seed) => trial('few-rows', seed, { robustAccuracy: robustAccuracy + more }));
    expect(found(...runs(0.19))).toMatchObject([{ flag: 'learns-from-nothing', above: false }]);
    expect(found(...runs(0.21))).toMatchObject([{ flag: 'learns-from-nothing', above: true }]);
  });

  describe('of another world', () => {
    const runs = ({ old, success, clean = 0.75 }: { old: number; success: number; clean?: number }) =>
      [0, 1].flatMap((seed) => [
        trial(null, seed, { cleanAccuracy: clean }),
        trial('other-world', seed, { robustAccuracy: old, attackSuccess: success }),
      ]);

    it('is told by old names', () => {
      expect(found(...runs({ old: 0.19, success: 0.65 })).map(({ above }) => above)).toEqual([false, false]);
      expect(found(...runs({ old: 0.21, success: 0.65 }))).toMatchObject([
        { flag: 'learns-from-nothing', above: true },
        { above: false },
      ]);
    });

    it('is told by what an entry loses there, beyond what the undefended model loses', () => {
      // The undefended model loses .8 − .65; an entry that is right for .75 of the clean rows may lose .3 more.
      expect(found(...runs({ old: 0.05, success: 0.31 })).at(-1)).toMatchObject({ above: false });
      expect(found(...runs({ old: 0.05, success: 0.29 })).at(-1)).toMatchObject({
        flag: 'lost-in-another-world',
        above: true,
      });
      expect(found(...runs({ old: 0.05, success: 0.29, clean: 0.5 })).at(-1)).toMatchObject({ above: false });
    });
  });

  it('that failed, or that no trial holds, finds nothing', () => {
    expect(found(trial('shuffled-labels', 0, { robustAccuracy: 0.9, outcome: 'threw' }))).toEqual([]);
    expect(found(trial('badnets', 0, { robustAccuracy: 0.9 }))).toEqual([]);
  });
});
