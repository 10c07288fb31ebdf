import { expect, it } from 'vitest';
import type { Suite } from '../../../../lib/contract/suite.ts';
import { worsenedFamily } from '../../../../lib/scoring/version-2/worsened.ts';
import { suite } from '../../../support/toy-suite.ts';

const second: Suite = { ...suite, rules: { hygiene: 2, scoring: 2 } };
const worst = (high: number | null) => ({
  worst: { family: 'backdoor' as const, value: -0.2, low: -0.3, high, n: 10 },
});

it('a row makes its worst family worse where the whole interval lies below 0, and nowhere else', () => {
  expect(worsenedFamily(second, worst(-0.01))).toBe('backdoor');
  expect(worsenedFamily(second, worst(0.01))).toBeNull();
  expect(worsenedFamily(second, worst(null))).toBeNull();
  expect(worsenedFamily(second, { worst: null })).toBeNull();
  expect(worsenedFamily(suite, worst(-0.01))).toBeNull();
});
