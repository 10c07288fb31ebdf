/** In place. */
export function softmax(values: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > largest) largest = value;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = exp(values[i]! - largest);
    sum += values[i]!;
  }
  for (let i = 0; i < values.length; i++) values[i]! /= sum;
}

/** Both parts of ln 2: the first has few enough bits for its multiples to be exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.908214929270588e-10;
const halvings = Float64Array.from({ length: 1100 }, () => 1);
for (let k = 1; k < halvings.length; k++) halvings[k] = halvings[k - 1]! / 2;

/**
 * e^x for x ≤ 0, within 1e-15 of it, relative (below 1e-307 less), by + − × ÷ alone: the language leaves Math.exp to the engine, and so to the machine.
 * Argument reduced to |r| ≤ ln 2 / 2 as in fdlibm's e_exp, then the Taylor series.
 */
export function exp(x: number): number {
  if (x < -760) return 0;
  const k = Math.floor(-x / (ln2High + ln2Low) + 0.5);
  const r = x + k * ln2High + k * ln2Low;
  let series = 1;
  for (let term = 13; term > 0; term--) series = 1 + (r * series) / term;
  return series * halvings[k]!;
}
