import { describe, expect, it } from 'vitest';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import type { Poison } from '../../../lib/contract/attack.ts';
import { decodeExamples, encodeExamples } from '../../../lib/contract/poison-examples.ts';
import { examplesOf, isShown } from '../../../runner/craft/examples.ts';
import { rowAt, takeRows } from '../../../runner/datasets/rows.ts';
import { toyRows } from '../../support/toy.ts';

const split = { train: toyRows(40, 'train'), test: toyRows(20, 'test') };
const { train, test } = split;
const index = Int32Array.of(3, 39, 7, 11, 0, 21, 22, 30, 31, 32, 33, 34);
const aim = { attacked: Int32Array.of(4, 17), wanted: null, trigger: null };
const pixels = (set: { x: Uint8Array }, row: number) => [...set.x.subarray(row * 30, row * 30 + 30)];

describe('the examples of a scenario', () => {
  it('are eight at most, evenly spread over the poison, with the labels before and after', () => {
    const labels = index.map((row) => (train.y[row]! + 1) % 4);
    const examples = examplesOf({ index, labels, rows: null, aim }, split);
    expect([...examples.index]).toEqual([0, 1, 3, 4, 6, 7, 9, 10].map((place) => index[place]));
    expect(examples.cleanLabels).toEqual(examples.index.map((row) => train.y[row]!));
    expect(examples.poisonLabels).toEqual(examples.cleanLabels.map((label) => (label + 1) % 4));
    expect(examples.clean).toEqual(takeRows(train, examples.index).x);
    expect(examples.poison).toEqual(examples.clean);
  });

  it('stand beside the row that they copy, a target or another training row, or else the one whose place they take', () => {
    const changed = rowAt(train, 7).map((value) => 255 - value);
    const rows = Uint8Array.from([...rowAt(test, 17), ...rowAt(train, 25), ...changed]);
    const poison: Poison = { index: Int32Array.of(3, 39, 7), labels: Int32Array.of(0, 1, 2), rows, aim };
    const examples = examplesOf(poison, split);
    expect(examples.poison).toEqual(rows);
    expect([0, 1, 2].map((row) => pixels({ x: examples.clean }, row))).toEqual([
      pixels(test, 17),
      pixels(train, 25),
      pixels(train, 7),
    ]);
    expect([...examples.cleanLabels]).toEqual([test.y[17], train.y[25], train.y[7]]);
    expect([...examples.poisonLabels]).toEqual([0, 1, 2]);
  });

  it('come back from their file as they were', () => {
    const examples = examplesOf({ index, labels: index.map(() => 0), rows: null, aim }, split);
    expect(decodeExamples(encodeExamples(examples))).toEqual(examples);
  });

  it('are of one trial: the first scored seed at the largest budget', () => {
    const scenario = { ...smoke1.scenarios[0]!, budgets: [0.005, 0.03, 0.01] };
    const shown = [0, 1]
      .flatMap((seed) => scenario.budgets.map((budget) => ({ scenario: scenario.id, budget, seed })))
      .filter((trial) => isShown(smoke1, scenario, trial));
    expect(shown).toEqual([{ scenario: scenario.id, budget: 0.03, seed: 0 }]);
  });
});
