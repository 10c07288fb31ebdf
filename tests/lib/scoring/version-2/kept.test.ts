import { describe, expect, it } from 'vitest';
import { collateral, heldAgainst, keptByFailure, keptOf } from '../../../../lib/scoring/version-2/kept.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

describe('the recall that a class is held against', () => {
  it.each([
    ['the undefended model’s, where the entry’s own clean run is no worse', 0.9, 0.93, 0.9],
    ['the entry’s own, where that loses less than ten points', 0.9, 0.84, 0.84],
    ['ten points below the undefended model’s, however much the entry loses', 0.9, 0.3, 0.8],
  ])('is %s', (_, undefended, own, held) => expect(heldAgainst(undefended, own)).toBeCloseTo(held, 12));
});

/** Class 2 alone is the attacker's: it wants class 0 to be called 2, and 0, 1, 3 are to hold. */
const standard = { recalls: [0.9, 0.8, 0.7, 0.95], cap: 0.85, others: [0, 1, 3] };
const own = [0.88, 0.82, 0.7, 0.6];

describe('collateral', () => {
  it('is the largest loss above ten points, in the classes that the attack leaves as they are', () => {
    // class 0: .88 − .70 − .10 = .08; class 1: .80 − .75 − .10 < 0; class 3: held against .85: .85 − .60 − .10 = .15
    expect(collateral(standard, own, [0.7, 0.75, 0, 0.6])).toBeCloseTo(0.15, 12);
  });
  it('is 0 where no class loses more', () => expect(collateral(standard, own, [0.79, 0.71, 0, 0.76])).toBe(0));
  it('is 0 of an attack on all rows', () => expect(collateral({ ...standard, others: [] }, own, [0, 0, 0, 0])).toBe(0));
});

describe('what a run keeps', () => {
  it('is its accuracy on the attacked rows less the collateral', () =>
    expect(keptOf(standard, own, { robustAccuracy: 0.5, recalls: [0.7, 0.75, 0, 0.6] })).toBeCloseTo(0.5 - 0.15, 12));
  it('is credited no further than the clean undefended model', () =>
    expect(keptOf(standard, own, { robustAccuracy: 0.99, recalls: [0.7, 0.75, 0, 0.6] })).toBeCloseTo(0.85 - 0.15, 12));
  it('is nothing where it failed, less the collateral of a model that calls no row right', () => {
    // class 3 is held against .85, class 0 against .88, class 1 against .80: the most that can be lost is .88 − .10
    expect(keptByFailure(standard, own, 0.2)).toBeCloseTo(-0.78, 12);
    expect(keptByFailure({ ...standard, others: [] }, own, 0.2)).toBe(0);
  });
  it('is never more than the undefended run keeps', () => expect(keptByFailure(standard, own, -0.8)).toBe(-0.8));
  it('is never less than where it failed', () => {
    const rng = rootOf('kept by any run');
    const recalls = () => Array.from({ length: 4 }, () => rng.uniform());
    for (let time = 0; time < 1000; time++) {
      const [against, ownClean] = [{ ...standard, recalls: recalls() }, recalls()];
      const kept = keptOf(against, ownClean, { robustAccuracy: rng.uniform(), recalls: recalls() });
      expect(keptByFailure(against, ownClean, 1)).toBeLessThanOrEqual(kept);
    }
  });
});
