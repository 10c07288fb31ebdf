/** 2^0, 2^-1, … 2^-1074, each exact. */
const halvings = new Float64Array(1075);
halvings[0] = 1;
for (let index = 1; index < halvings.length; index++) halvings[index] = halvings[index - 1]! / 2;

/**
 * e^x for x ≤ 0, within 2e-16 relative; 0 below the smallest number. It uses only +, −, × and exact powers of two. The
 * last bit of Math.exp may differ between engines, and training must give the same bits on every machine.
 */
export function exponential(x: number): number {
  if (x < -744) return 0;
  const halves = Math.floor(0.5 - x * Math.LOG2E);
  const r = x + halves * 0.6931471803691238 + halves * 1.9082149292705877e-10; // ln 2 in two parts, the first with trailing zeros: |r| ≤ .35
  const low = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * high(r)))))));
  return low * halvings[halves]!;
}

/** The terms of the series from r^7 to r^13, less r^7. */
const high = (r: number) =>
  1 / 5040 +
  r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600 + r / 6227020800)))));
