import { describe, expect, it } from 'vitest';
import { suites } from '../../../lib/catalog/suites/index.ts';
import { Backend } from '../../../lib/contract/ids.ts';
import type { Suite } from '../../../lib/contract/suite.ts';
import { countedCells } from '../../../lib/scoring/cells.ts';
import { cellsOf, referenceOf } from '../../../lib/scoring/references.ts';
import published from '../../fixtures/counted-cells.json' with { type: 'json' };
import { reference, suite } from '../../support/toy-suite.ts';

/**
 * Ten gate seeds, five with an effect of .52 + .03 and five with .52 − .03: the mean is .52, the standard error
 * .03 · √(10/9) / √10 = .01. With 9 degrees of freedom t is 1.8331 at 95 % and 2.2622 at 97.5 %.
 */
const withEffect = (center: number) => ({
  ...reference,
  cells: reference.cells.map((cell) => {
    if (cell.scenario !== 'badnets' || cell.budget !== 0.01 || cell.seed < 100) return cell;
    return { ...cell, clean: 0.9, attacked: 0.9 - center + (cell.seed % 2 === 0 ? 0.03 : -0.03) };
  }),
});
const badnets = (center: number) =>
  cellsOf(suite, withEffect(center)).find(({ scenario, budget }) => scenario === 'badnets' && budget === 0.01)!;

describe('the cells of a suite', () => {
  it('that count are those of its publication on every engine, whatever reference is added later', () => {
    const counted = (own: Suite) =>
      Backend.options.flatMap((backend) => {
        const numbers = referenceOf(own, backend);
        return numbers ? [countedCells(own, numbers).map(({ scenario, budget }) => `${scenario} ${budget}`)] : [];
      });
    for (const own of suites)
      for (const cells of counted(own)) expect(cells, own.id).toEqual(published[own.id as keyof typeof published]);
    expect(Object.keys(published)).toEqual(suites.map(({ id }) => id));
  });

  it('are computed once for a reference, however often pages and scores ask', () => {
    const same = withEffect(0.52);
    expect(cellsOf(suite, same)).toBe(cellsOf(suite, same));
    expect(cellsOf(suite, same)).not.toBe(cellsOf(suite, withEffect(0.52)));
  });

  it('follow the gate that a study gives', () => {
    const same = withEffect(0.52);
    const never = () => Number.POSITIVE_INFINITY;
    expect(cellsOf(suite, same).some(({ bites }) => bites)).toBe(true);
    expect(cellsOf(suite, same, never).some(({ bites }) => bites)).toBe(false);
  });
});

describe('the effect of an attack on the undefended model', () => {
  it('has the two-sided 95 % interval of its mean over the gate seeds: .52 ± 2.2622 · .01', () => {
    const { effect } = badnets(0.52);
    expect(effect.value).toBeCloseTo(0.52, 12);
    expect(effect.low).toBeCloseTo(0.52 - 0.022622, 6);
    expect(effect.high).toBeCloseTo(0.52 + 0.022622, 6);
    expect(effect.n).toBe(10);
  });

  it('bites where the lower end of its one-sided 95 % interval reaches the gate of .5: .52 − 1.8331 · .01 does', () =>
    expect(badnets(0.52)).toMatchObject({ bites: true, counts: true }));

  it('does not bite where only its mean reaches the gate: .518 − 1.8331 · .01 does not', () =>
    expect(badnets(0.518)).toMatchObject({ bites: false, counts: false }));
});
