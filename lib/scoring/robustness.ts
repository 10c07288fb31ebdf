import type { Suite } from '../contract/suite.ts';
import type { Effects } from './effects.ts';
import { mean } from './stats.ts';

/**
 * The share ρ of the damage undone, unclipped, and by seed how far that seed lies from it: ρ + deviation is the seed's
 * own, and they average to ρ.
 */
export type Robustness = { readonly rho: number; readonly deviations: ReadonlyMap<number, number> };

/** What each seed says of it. */
export const bySeedOf = ({ rho, deviations }: Robustness): Map<number, number> =>
  new Map([...deviations].map(([seed, deviation]) => [seed, rho + deviation]));

/** Null where it can't be known: a scenario or family without a cell that counts, or with one that is missing. */
export type Robust = {
  readonly scenarios: ReadonlyMap<string, Robustness | null>;
  /** Every family of the suite. */
  readonly families: ReadonlyMap<string, Robustness | null>;
  /** Those with a cell that counts; the others are left out for everybody. */
  readonly counted: readonly (readonly [family: string, Robustness | null])[];
  /** Of the counted families. */
  readonly mean: Robustness | null;
  /** The counted family with the least ρ; null where one of them is missing. */
  readonly least: { readonly family: string; readonly robustness: Robustness } | null;
};

/** A scenario averages its cells, a family its scenarios. */
export function robustnessOf(suite: Suite, effects: readonly Effects[]): Robust {
  const scenarios = new Map(
    suite.scenarios.map(({ id }) => [id, average(effects.filter(({ scenario }) => scenario === id).map(ofCell))]),
  );
  const families = new Map(
    [...new Set(suite.scenarios.map(({ family }) => family))].map((family) => {
      const members = new Set(effects.filter((cell) => cell.family === family).map(({ scenario }) => scenario));
      return [family as string, average([...members].map((id) => scenarios.get(id) ?? null))];
    }),
  );
  const counted = [...families].filter(([family]) => effects.some((cell) => cell.family === family));
  return {
    scenarios,
    families,
    counted,
    mean: average(counted.map(([, robustness]) => robustness)),
    least: leastOf(counted),
  };
}

/**
 * ρ = 1 − q with q = ē_D/ē_N, the ratio of the mean effects with the defense and without. The deviation of each seed
 * follows from the delta method: −z_s = −(e_D,s − q e_N,s)/ē_N.
 */
export function ofCell({ bySeed }: Effects): Robustness | null {
  if (bySeed.size === 0) return null;
  const effects = [...bySeed.values()];
  const damage = mean(effects.map(({ undefended }) => undefended));
  const left = mean(effects.map(({ defended }) => defended)) / damage;
  const deviations = [...bySeed].map(
    ([seed, { defended, undefended }]) => [seed, (left * undefended - defended) / damage] as const,
  );
  return { rho: 1 - left, deviations: new Map(deviations) };
}

/**
 * Deviations are averaged within a seed, over the seeds that all parts have: parts of one seed are not independent.
 * Null if a part is missing.
 */
export function average(parts: readonly (Robustness | null)[]): Robustness | null {
  const whole = parts.filter((part) => part !== null);
  if (whole.length === 0 || whole.length < parts.length) return null;
  const seeds = [...whole[0]!.deviations.keys()].filter((seed) =>
    whole.every(({ deviations }) => deviations.has(seed)),
  );
  if (seeds.length === 0) return null;
  return {
    rho: mean(whole.map(({ rho }) => rho)),
    deviations: new Map(seeds.map((seed) => [seed, mean(whole.map(({ deviations }) => deviations.get(seed)!))])),
  };
}

/** The family with the least ρ; null where one of them is missing. */
export function leastOf(counted: Robust['counted']): Robust['least'] {
  const known = counted.flatMap(([family, robustness]) => (robustness ? [{ family, robustness }] : []));
  if (known.length === 0 || known.length < counted.length) return null;
  return known.reduce((worst, other) => (other.robustness.rho < worst.robustness.rho ? other : worst));
}
