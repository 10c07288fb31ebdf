/**
 * erfc(x), within 1e-13 relative; 0 from 27 on, where float64 has no such number. By the series of erf up to 2 and by
 * Laplace's continued fraction beyond: Abramowitz and Stegun 7.1.6 and 7.1.14.
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x <= 2) return 1 - erfSeries(x);
  return x < 27 ? Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction(x)) : 0;
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; term > 1e-18 * sum; odd += 2) {
    term *= (2 * x * x) / odd;
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** x + (1/2)/(x + 1/(x + (3/2)/(x + …))), from the inside out; the farther in the tail, the fewer terms it takes. */
function fraction(x: number): number {
  let value = x;
  for (let depth = Math.ceil(20 + 400 / (x * x)); depth > 0; depth--) value = x + depth / 2 / value;
  return value;
}
