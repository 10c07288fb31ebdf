import type { Estimate } from '../../lib/contract/report.ts';

/** To thousandths, as measured tables hold numbers. */
export const rounded = (value: number): number => Math.round(1000 * value) / 1000;
export const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value));

export const roundedEstimate = ({ value, low, high, n }: Estimate): Estimate => ({
  value: rounded(value),
  low: roundedOrNull(low),
  high: roundedOrNull(high),
  n,
});
