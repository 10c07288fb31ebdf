import { expect, it } from 'vitest';
import { suites } from '../../../lib/catalog/suites/index.ts';
import { paretoFront } from '../../../lib/scoring/pareto.ts';
import { anyReferenceOf } from '../../../lib/scoring/references.ts';
import { accuracyOf, undefendedAccuracy, underTrained } from '../../../lib/scoring/trade-off.ts';

it('the Pareto line has the points that none is better than in both, and equal ones together', () => {
  const points = [
    { name: 'dull', x: 0.7, y: 0.2 },
    { name: 'accurate', x: 0.9, y: 0.1 },
    { name: 'robust', x: 0.6, y: 0.8 },
    { name: 'between', x: 0.8, y: 0.5 },
    { name: 'its twin', x: 0.8, y: 0.5 },
    { name: 'as accurate', x: 0.9, y: 0.05 },
    { name: 'as robust', x: 0.5, y: 0.8 },
  ];
  expect(paretoFront(points).map(({ name }) => name)).toEqual(['accurate', 'between', 'its twin', 'robust']);
  expect(paretoFront([])).toEqual([]);
});

it('the accuracy of an entry is the undefended model’s and its utility, interval and all', () => {
  const { value, low, high, n } = accuracyOf(0.8, { value: -0.1, low: -0.15, high: -0.05, n: 10 });
  expect([value, low, high].map((one) => one!.toFixed(2))).toEqual(['0.70', '0.65', '0.75']);
  expect(n).toBe(10);
  expect(accuracyOf(0.8, { value: 0, low: null, high: null, n: 2 })).toMatchObject({ low: null, high: null });
});

it.each(suites)('plain SGD of $id ends at the undefended model, which undoes nothing', (suite) => {
  const reference = anyReferenceOf(suite)!;
  const last = underTrained(suite, reference).at(-1)!;
  expect(last).toMatchObject({ steps: null, x: undefendedAccuracy(suite, reference) });
  expect(last.y).toBeCloseTo(0, 9);
});
