import { logMixed } from './privacy-loss.ts';

/**
 * log A of that order > 1, where A = E_Q (P/Q)^order, of one step with 0 < q < 1. P is the output with the row, Q
 * without it. Both ways add up A − 1 from positive terms, so that a loss far below float64's 1e-16 keeps its digits.
 * Mironov, Talwar and Zhang 2019, https://arxiv.org/abs/1908.10530, section 3.3.
 */
export function logMoment(q: number, sigma: number, order: number): number {
  const excess = Number.isInteger(order) ? wholeOrder(q, sigma, order) : brokenOrder(q, sigma, order);
  return excess > 40 ? excess : Math.log1p(Math.exp(excess));
}

/** log Σ_k C(a, k) (1 − q)^(a−k) q^k (e^((k² − k)/(2σ²)) − 1): exact, since the binomial terms add up to 1. */
function wholeOrder(q: number, sigma: number, order: number): number {
  const terms = new Float64Array(order - 1);
  const odds = Math.log(q) - Math.log1p(-q);
  let binomial = order * Math.log1p(-q);
  for (let k = 0; k <= order; k++) {
    if (k >= 2) terms[k - 2] = binomial + logExpm1((k * k - k) / (2 * sigma * sigma));
    binomial += Math.log((order - k) / (k + 1)) + odds;
  }
  return logSum(terms);
}

/**
 * The integral, over the outputs x = σz without the row, of e^l(x) (e^(bl) − 1 + b (e^−l − 1)), with b = order − 1 and
 * the loss l. The integrand is (P/Q)^order − 1 less a term whose mean is 0. The trapezoidal rule is exact to rounding
 * if its mesh is below half of πσ, the distance of the nearest pole. Below σ = .06 the integrand is 0 to rounding,
 * except for z near 0 and near order/σ.
 */
function brokenOrder(q: number, sigma: number, order: number): number {
  const [reach, mesh] = [12, Math.min(0.25, sigma < 0.06 ? 0.25 : sigma / 2)];
  const far = order / sigma;
  const windows = sigma < 0.06 && far > 2 * reach ? [-reach, reach, far - reach, far + reach] : [-reach, far + reach];
  const terms: number[] = [];
  for (let side = 0; side < windows.length; side += 2)
    for (let z = windows[side]!; z < windows[side + 1]!; z += mesh)
      terms.push(logExcess(logMixed(q, (2 * sigma * z - 1) / (2 * sigma * sigma)), order - 1) - (z * z) / 2);
  return logSum(terms) + Math.log(mesh / Math.sqrt(2 * Math.PI));
}

/** log of e^l (e^(bl) − 1 + b (e^−l − 1)), which is never negative. */
function logExcess(l: number, b: number): number {
  if (b * l > 700) return l + b * l;
  if (Math.abs(l) * Math.max(1, b) > 0.01) return l + Math.log(Math.expm1(b * l) + b * Math.expm1(-l));
  let [sum, factor] = [0, b / 2]; // Σ_k (b^(k−1) + (−1)^k) b l^(k−2)/k!
  for (let k = 2; k < 9; k++) {
    sum += (b ** (k - 1) + (-1) ** k) * factor;
    factor *= l / (k + 1);
  }
  return l + 2 * Math.log(Math.abs(l)) + Math.log(sum);
}

const logExpm1 = (x: number) => (x > 40 ? x : Math.log(Math.expm1(x)));

function logSum(terms: ArrayLike<number>): number {
  let top = -Infinity;
  for (let at = 0; at < terms.length; at++) top = Math.max(top, terms[at]!);
  if (!Number.isFinite(top)) return top;
  let sum = 0;
  for (let at = 0; at < terms.length; at++) sum += Math.exp(terms[at]! - top);
  return top + Math.log(sum);
}
