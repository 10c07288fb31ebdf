/** A draw from Beta(a, a), made of two of Gamma(a). */
export function beta(a: number, uniform: () => number): number {
  const [x, y] = [gamma(a, uniform), gamma(a, uniform)];
  return x + y > 0 ? x / (x + y) : Number(uniform() < 0.5); // for a small `a` both may be below the smallest number
}

/**
 * A draw from Gamma(a), of scale 1. Marsaglia and Tsang 2000, https://doi.org/10.1145/358407.358414; for a < 1 a draw
 * from Gamma(a + 1) times u^(1/a).
 */
function gamma(a: number, uniform: () => number): number {
  if (a < 1) return gamma(a + 1, uniform) * uniform() ** (1 / a);
  const d = a - 1 / 3;
  for (;;) {
    const x = normal(uniform);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** N(0, 1), by Box and Muller. */
const normal = (uniform: () => number) => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
