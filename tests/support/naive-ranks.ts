/**
 * Places and gaps as a textbook has them, slowly and without a line of lib/scoring: t by integrating its density, Holm
 * by its adjusted p values, a gap by Welch's formulas.
 */
type Entry = { readonly id: string; readonly collapsed: boolean; readonly bySeed: ReadonlyMap<number, number> };

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + (value - average(values)) ** 2, 0) / (values.length - 1);

/** ln Γ(x) for x = ½, 1, 1½, …, by Γ(x + 1) = x Γ(x). */
const logGamma = (x: number): number =>
  x === 0.5 ? Math.log(Math.sqrt(Math.PI)) : x === 1 ? 0 : Math.log(x - 1) + logGamma(x - 1);

/** P(|T| ≥ t), by Simpson's rule over the density from 0 to t. */
export function twoSided(t: number, freedom: number): number {
  const scale = Math.exp(logGamma((freedom + 1) / 2) - logGamma(freedom / 2)) / Math.sqrt(freedom * Math.PI);
  const density = (x: number) => scale * (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
  const steps = 20_000;
  const width = Math.abs(t) / steps;
  let sum = density(0) + density(Math.abs(t));
  for (let i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * density(i * width);
  return Math.max(0, 1 - (2 * sum * width) / 3);
}

/** Of two entries, whether the first is better, worse, or neither at 5 % after Holm's correction over `pValues`. */
function holmAdjusted(pValues: readonly number[]): number[] {
  return pValues.map((p) => {
    const upTo = pValues.filter((other) => other <= p);
    return Math.min(1, Math.max(...upTo.map((own) => own * pValues.filter((other) => other >= own).length)));
  });
}

/** By id: the first and the last place, and those not told apart. No two p values may be equal. */
export function naivePlaces(entries: readonly Entry[]) {
  const pairs = entries.flatMap((a, at) =>
    entries.slice(at + 1).flatMap((b) => (a.collapsed === b.collapsed ? [[a, b] as const] : [])),
  );
  const tests = pairs.map(([a, b]) => {
    const differences = [...a.bySeed].map(([seed, value]) => value - b.bySeed.get(seed)!);
    const t = average(differences) / Math.sqrt(variance(differences) / differences.length);
    return { sign: Math.sign(t), p: twoSided(t, differences.length - 1) };
  });
  const adjusted = holmAdjusted(tests.map(({ p }) => p));
  const verdict = (one: Entry, other: Entry): number => {
    if (one.collapsed !== other.collapsed) return one.collapsed ? -1 : 1;
    const at = pairs.findIndex(([a, b]) => (a === one && b === other) || (a === other && b === one));
    if (adjusted[at]! > 0.05) return 0;
    return pairs[at]![0] === one ? tests[at]!.sign : -tests[at]!.sign;
  };
  return Object.fromEntries(
    entries.map((one) => {
      const others = entries.filter((other) => other !== one);
      const better = others.filter((other) => verdict(one, other) < 0).length;
      const worse = others.filter((other) => verdict(one, other) > 0).length;
      const tied = others.filter((other) => verdict(one, other) === 0).map(({ id }) => id);
      return [one.id, { rank: [1 + better, entries.length - worse], tied: tied.sort() }];
    }),
  );
}

/**
 * Whether the mean of the first less that of the second lies `by` away from its value significantly, by Welch's test.
 */
export function naiveWelch(a: readonly number[], b: readonly number[], by: number): number {
  const [left, right] = [variance(a) / a.length, variance(b) / b.length];
  const freedom = Math.floor((left + right) ** 2 / (left ** 2 / (a.length - 1) + right ** 2 / (b.length - 1)));
  return twoSided(by / Math.sqrt(left + right), freedom);
}
