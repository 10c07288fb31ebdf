import { expect, it } from 'vitest';
import { isCollapsed, utilityOf } from '../../../lib/scoring/costs.ts';

it.each([
  ['more than ten points lost', -0.101, true],
  ['exactly ten points lost', -0.1, false],
  ['nothing lost', 0, false],
])('%s: is it a collapse', (_, value, is) => expect(isCollapsed({ value, low: null, high: null, n: 2 })).toBe(is));

it('utility is the entry’s clean accuracy minus the undefended one, at the seeds that both have', () =>
  expect(
    utilityOf(
      new Map([
        [0, 0.8],
        [1, 0.7],
        [2, 0.1],
      ]),
      new Map([
        [0, 0.9],
        [1, 0.9],
      ]),
    )!.value,
  ).toBeCloseTo(-0.15, 12));
