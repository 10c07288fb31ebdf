/** Small-sample statistics over seeds: Student's t and nothing cleverer. Coverage of a bootstrap over 5 or 10 seeds was measured at .84. */

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** With n − 1 in the denominator; NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** P(T ≤ t) for Student's t with whole degrees of freedom, by the finite series 26.7.3 and 26.7.4 of Abramowitz and Stegun (1964). */
export function studentCdf(t: number, freedom: number): number {
  if (!(Number.isInteger(freedom) && freedom >= 1)) throw new RangeError(`studentCdf: freedom=${freedom}, want a whole number ≥ 1`);
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
  if (!(probability > 0 && probability < 1)) throw new RangeError(`studentQuantile: probability=${probability}, want between 0 and 1`);
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

/** How far the mean of these values reaches to one side with this probability: t · sd / √n. NaN for fewer than two values. */
export const reachOfMean = (values: readonly number[], probability: number) =>
  values.length < 2 ? Number.NaN : (studentQuantile(probability, values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length);

/** The 95 % interval of a share where each of n trials was a run of its own: Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953 */
export function wilson(successes: number, n: number): { low: number; high: number } {
  if (!(Number.isInteger(n) && n > 0 && successes >= 0 && successes <= n)) throw new RangeError(`wilson: ${successes} of ${n}, want 0 … n of at least 1`);
  const share = successes / n;
  const center = (share + normal ** 2 / (2 * n)) / (1 + normal ** 2 / n);
  const reach = (normal / (1 + normal ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + normal ** 2 / (4 * n * n));
  return { low: Math.max(0, center - reach), high: Math.min(1, center + reach) };
}

/** The two-sided 95 % point of the normal law. */
export const normal = 1.959963984540054;
