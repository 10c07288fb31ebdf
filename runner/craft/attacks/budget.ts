import type { BudgetUnit } from '../../../lib/contract/attack.ts';

/** ⌊rate·n⌋, forgiving what binary fractions do to .29 · 100. */
export const rowsAtRate = (n: number, rate: number) => Math.floor(rate * n + 1e-6);

const isShare = (unit: BudgetUnit) => unit === 'rate' || unit === 'share';

/** What is wrong with a budget of that unit, or null. */
export function budgetDefect(unit: BudgetUnit, budget: number, largest = isShare(unit) ? 1 : Number.MAX_SAFE_INTEGER) {
  if (isShare(unit))
    return budget > 0 && budget <= largest
      ? null
      : `a budget of ${budget}, want a share of the rows above 0 and at most ${largest}`;
  return Number.isInteger(budget) && budget > 0 && budget <= largest
    ? null
    : `a budget of ${budget}, want a whole number from 1`;
}
