import type { BudgetUnit } from '../../../lib/contract/attack.ts';

/** ⌊rate·n⌋, forgiving what binary fractions do to .29 · 100. */
export const rowsAtRate = (n: number, rate: number) => Math.floor(rate * n + 1e-6);

/** What is wrong with a budget of that unit, or null. */
export function budgetDefect(
  unit: BudgetUnit,
  budget: number,
  largest = unit === 'rate' ? 1 : Number.MAX_SAFE_INTEGER,
) {
  if (unit === 'rate')
    return budget > 0 && budget <= largest
      ? null
      : `a budget of ${budget}, want a share of the rows above 0 and at most ${largest}`;
  return Number.isInteger(budget) && budget > 0 && budget <= largest
    ? null
    : `a budget of ${budget}, want a whole number from 1`;
}
