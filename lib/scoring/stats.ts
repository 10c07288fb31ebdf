/**
 * Small-sample statistics over seeds: Student's t and nothing cleverer. Coverage of a bootstrap over 5 or 10 seeds was
 * measured at .84.
 */

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** To [−1, 1]. */
export const bound = (value: number) => Math.max(-1, Math.min(1, value));

/** With n − 1 in the denominator; NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/**
 * P(T ≤ t) for Student's t with whole degrees of freedom, by the finite series 26.7.3 and 26.7.4 of Abramowitz and
 * Stegun (1964).
 */
export function studentCdf(t: number, freedom: number): number {
  if (!(Number.isInteger(freedom) && freedom >= 1))
    throw new RangeError(`studentCdf: freedom=${freedom}, want a whole number ≥ 1`);
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const odd = freedom % 2;
  let term = odd ? cosine : 1;
  let series = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    series += term;
  }
  const within = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * series) : Math.sin(angle) * series;
  return (1 + within) / 2;
}

/** The t with P(T ≤ t) = probability, by bisection to full double precision. */
export function studentQuantile(probability: number, freedom: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`studentQuantile: probability=${probability}, want between 0 and 1`);
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom);
  let high = 1;
  while (studentCdf(high, freedom) < probability) high *= 2;
  let low = 0;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentCdf(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * How far the mean of these values reaches to one side with this probability: t · sd / √n. NaN for fewer than two
 * values.
 */
export const reachOfMean = (values: readonly number[], probability: number) =>
  values.length < 2
    ? Number.NaN
    : (studentQuantile(probability, values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length);

/** 97.5 % of a standard normal lie below. */
export const normalQuantile = 1.959963984540054;

/**
 * The 95 % interval of a chance from independent successes: Wilson 1927, https://doi.org/10.2307/2276774. For counts of
 * targets each of which had a training run of its own; targets of one run are not independent, and their shares are
 * compared over seeds instead.
 */
export function wilsonInterval(successes: number, n: number): { low: number; high: number } {
  if (!(Number.isInteger(n) && n > 0 && successes >= 0 && successes <= n))
    throw new RangeError(`wilsonInterval: ${successes} of ${n}, want 0 … n of at least 1`);
  const square = normalQuantile ** 2;
  const share = successes / n;
  const center = (share + square / (2 * n)) / (1 + square / n);
  const reach = (normalQuantile / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return { low: Math.max(0, center - reach), high: Math.min(1, center + reach) };
}

/**
 * Two-sided p of a mean of 0, by Student's t over paired differences: 1 where they are all 0 or there is but one, 0
 * where they are all the same else.
 */
export function pairedTest(differences: readonly number[]): number {
  const n = differences.length;
  if (n < 2) return 1;
  const [center, deviation] = [mean(differences), standardDeviation(differences)];
  if (deviation === 0) return center === 0 ? 1 : 0;
  return 2 * studentCdf((-Math.abs(center) * Math.sqrt(n)) / deviation, n - 1);
}

/**
 * Which hypotheses fall while a true one falls with at most that chance: Holm 1979,
 * https://www.jstor.org/stable/4615733
 */
export function holmRejects(pValues: readonly number[], level: number): boolean[] {
  const order = pValues.map((_, at) => at).sort((a, b) => pValues[a]! - pValues[b]!);
  const kept = order.findIndex((at, place) => pValues[at]! > level / (pValues.length - place));
  const fallen = new Set(kept < 0 ? order : order.slice(0, kept));
  return pValues.map((_, at) => fallen.has(at));
}
