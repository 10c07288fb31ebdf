import { describe, expect, it } from 'vitest';
import type { Reference } from '../../../../lib/contract/report.ts';
import { trialKey } from '../../../../lib/contract/suite.ts';
import { cellsOf } from '../../../../lib/scoring/references.ts';
import { biasShares } from '../../../../lib/scoring/version-2/bias.ts';
import { gateSeeds, referenceOf, suite } from '../../../support/toy-suite-2.ts';

const reference = referenceOf('gates');
const only = (scenario: string, change: (cell: Reference['cells'][number]) => Partial<Reference['cells'][number]>) => ({
  ...reference,
  cells: reference.cells.map((cell) => (cell.scenario === scenario ? { ...cell, ...change(cell) } : cell)),
});
const cellOf = (scenario: string, against: Reference) =>
  cellsOf(suite, against).find((cell) => cell.scenario === scenario)!;
const wobble = (seed: number) => (seed % 2 === 0 ? 0.01 : -0.01);

describe('a cell of a suite that is scored by version 2 bites', () => {
  /** t at 95 % with 9 degrees is 1.8331, the standard error .01 · √(10/9) / √10 = .003333: .00611 are lost to noise. */
  const flip = (damage: number) =>
    cellOf(
      'pairs',
      only('pairs', ({ seed }) => ({ clean: 0.8, attacked: 0.8 - damage + wobble(seed), recalls: [1, 1, 1, 1] })),
    );
  it('where the damage to all rows is ten points at the lower end of its one-sided interval', () => {
    expect(flip(0.107).bites).toBe(true);
    expect(flip(0.105).bites).toBe(false);
  });

  const patch = (attacked: number, recalls: number[]) =>
    cellOf(
      'again-patch',
      only('again-patch', ({ seed }) => ({ clean: 0.8, attacked: attacked + wobble(seed), recalls })),
    );
  it('where a trigger does fifty points, whatever the family', () => {
    expect(patch(0.293, [1, 1, 1, 1]).bites).toBe(true);
    expect(patch(0.295, [1, 1, 1, 1]).bites).toBe(false);
  });
  it('by the harm to other classes too, which is damage as any', () => {
    const harmed = patch(0.35, [0.1, 1, 1, 1]); // class 0 is to hold, and is held against .75 … .95
    expect(harmed.bites).toBe(true);
    expect(harmed.effect.value).toBeGreaterThan(0.9);
  });
});

describe('a cell that biases undo', () => {
  const earned = (share: number): Reference => ({
    ...reference,
    bias: reference.bias!.map((cell) => {
      if (cell.scenario !== 'targets') return cell;
      const none = reference.cells.find((one) => trialKey(one) === trialKey(cell))!;
      const run = reference.clean.find((one) => one.seed === cell.seed && one.model === 'lr')!;
      return { ...cell, attacked: share * none.clean, recalls: run.recalls! };
    }),
  });
  it('by more than half is listed, and does not count', () => {
    expect(cellOf('targets', earned(1))).toMatchObject({ bites: true, counts: false, bias: expect.closeTo(1, 12) });
    expect(cellOf('targets', earned(0.5))).toMatchObject({ bites: true, counts: true });
  });
  it('is listed as such from half on: .6 is too much', () => {
    const whole = cellOf('targets', earned(1));
    const [cap, none] = [whole.clean, whole.clean - whole.effect.value];
    const share = (wanted: number) => (none + wanted * (cap - none)) / cap;
    expect(cellOf('targets', earned(share(0.6)))).toMatchObject({ counts: false, bias: expect.closeTo(0.6, 2) });
    expect(cellOf('targets', earned(share(0.4)))).toMatchObject({ counts: true, bias: expect.closeTo(0.4, 2) });
  });
  it('is decided at the gate seeds alone', () => {
    const shaken = earned(0.5);
    const bias = shaken.bias!.map((cell) => (gateSeeds.includes(cell.seed) ? cell : { ...cell, attacked: 1 }));
    expect(cellOf('targets', { ...shaken, bias }).counts).toBe(true);
  });
  it('is scored like any row, at the scored seeds', () => {
    const against = earned(0.5);
    const shares = biasShares(suite, against)!;
    expect(shares.mean!.n).toBe(10);
    expect(shares.scenarios.targets!.value).toBeGreaterThan(-1);
  });
});
