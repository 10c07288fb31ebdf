import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { measure, shareEqual } from '../../../runner/metrics/index.ts';

const rows = (...y: number[]): LabeledSet => ({
  n: y.length,
  classes: 3,
  shape: [1],
  scale: 1,
  x: new Uint8Array(y.length),
  y: Int32Array.from(y),
});
const test = rows(0, 1, 2, 2);
const always = (label: number) => (set: LabeledSet) => new Int32Array(set.n).fill(label);

describe('measure', () => {
  it('a clean run has a clean accuracy and nothing else', () => {
    expect(measure(always(2), { test, attacked: null })).toMatchObject({
      cleanAccuracy: 0.5,
      robustAccuracy: null,
      attackSuccess: null,
    });
  });

  it('under an indiscriminate attack robust accuracy is the share of right labels, and nothing is wanted', () => {
    expect(measure(always(1), { test, attacked: { rows: test, wanted: null } })).toMatchObject({
      cleanAccuracy: 0.25,
      robustAccuracy: 0.25,
      attackSuccess: null,
    });
  });

  it('counts true labels and wanted labels of the attacked rows apart; what is neither is neither', () => {
    const attacked = { rows: rows(0, 1, 1, 2), wanted: Int32Array.of(1, 0, 2, 1) };
    expect(measure(always(1), { test, attacked })).toMatchObject({
      cleanAccuracy: 0.25,
      robustAccuracy: 0.5,
      attackSuccess: 0.5,
    });
    expect(measure(always(0), { test, attacked })).toMatchObject({
      cleanAccuracy: 0.25,
      robustAccuracy: 0.25,
      attackSuccess: 0.25,
    });
  });
});

describe('by class', () => {
  it('recalls are shares of the clean test rows of each class, and 1 of a class without rows', () => {
    const recalls = (labels: number[], y = test) =>
      measure(() => Int32Array.from(labels), { test: y, attacked: null }).recalls;
    expect(recalls([0, 0, 2, 1])).toEqual([1, 0, 0.5]);
    expect(recalls([0, 0], rows(0, 2))).toEqual([1, 1, 0]);
  });

  it('robust accuracy weighs classes by their shares of the training set, where it is given them', () => {
    const attacked = { rows: test, wanted: null, shares: Float64Array.of(0.5, 0.3, 0.2) };
    const of = (labels: number[]) => measure(() => Int32Array.from(labels), { test, attacked });
    expect(of([0, 0, 2, 1]).robustAccuracy).toBeCloseTo(0.5 * 1 + 0.3 * 0 + 0.2 * 0.5, 12);
    expect(of([0, 0, 2, 1]).cleanAccuracy).toBe(0.5);
  });
});

describe('the commonest class', () => {
  const commonest = (labels: number[]) =>
    measure(() => Int32Array.from(labels), { test, attacked: null }).commonestClass;
  it('is all of it where the model calls everything one class, right or wrong', () =>
    expect(commonest([1, 1, 1, 1])).toBe(1));
  it('is the largest share, of the clean test rows alone', () => {
    expect(commonest([2, 0, 2, 1])).toBe(0.5);
    const attacked = { rows: rows(1, 1, 1, 1, 1, 1), wanted: null };
    expect(
      measure(({ n }) => (n === 4 ? Int32Array.of(0, 1, 2, 2) : new Int32Array(n)), { test, attacked }).commonestClass,
    ).toBe(0.5);
  });
});

describe('shareEqual', () => {
  it('refuses what it can not measure instead of calling it 0', () => {
    expect(() => shareEqual(new Int32Array(), new Int32Array())).toThrow(RangeError);
    expect(() => shareEqual(new Int32Array(2), new Int32Array(3))).toThrow(RangeError);
  });
});
