import type { Reference } from '../../lib/contract/report.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import type { Suite } from '../../lib/contract/suite.ts';

/**
 * Version 2 of the score a second time: loops over plain tables, from the text of the rules, without the code of
 * lib/scoring. Slow and simple: what the quick one is held against.
 */

/** Student's t at 97.5 % and 95 %, by degrees of freedom, as printed in tables. */
const t975: Record<number, number> = { 4: 2.776445, 5: 2.570582, 6: 2.446912, 7: 2.364624, 8: 2.306004, 9: 2.262157 };
const t95: Record<number, number> = { 1: 6.313752, 2: 2.919986, 4: 2.131847, 9: 1.833113 };

type Table = Record<string, { P: number; R: readonly number[] } | 'failed'>;
/** Runs of one entry: without poison by model and seed, attacked by cell and seed. */
type Runs = { clean: Table; attacked: Table };

export type Naive = {
  rho: Record<string, number>;
  mean: number;
  worst: number;
  families: Record<string, number>;
  /** Half the width of the interval, unclipped. */
  reach: { mean: number; worst: number; families: Record<string, number> };
  gain: number;
  gains: Record<string, number>;
};

const average = (numbers: number[]) => {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum / numbers.length;
};
const deviation = (numbers: number[]) => {
  const middle = average(numbers);
  let sum = 0;
  for (const number of numbers) sum += (number - middle) * (number - middle);
  return Math.sqrt(sum / (numbers.length - 1));
};
const clipped = (number: number) => Math.min(1, Math.max(-1, number));

/** S of one run. `own` is the entry's clean run. */
export function naiveS(
  R0: readonly number[],
  own: readonly number[] | 'failed',
  run: { P: number; R: readonly number[] },
  O: readonly number[],
  cap: number,
): number {
  const Rown = own === 'failed' ? R0 : own;
  let K = 0;
  for (const c of O) {
    let ref = Rown[c]!;
    if (ref < R0[c]! - 0.1) ref = R0[c]! - 0.1;
    if (ref > R0[c]!) ref = R0[c]!;
    const lost = ref - run.R[c]! - 0.1;
    if (lost > K) K = lost;
  }
  return Math.min(run.P, cap) - K;
}

/**
 * The most of S that points, or lots between them, have at an accuracy of `wanted`: the least upper bound by prices.
 */
function atLeast(wanted: number, points: readonly { a: number; S: number }[]): number {
  if (!points.some(({ a }) => a >= wanted)) return Number.NEGATIVE_INFINITY;
  const prices = [0];
  for (const p of points) for (const q of points) if (q.a !== p.a) prices.push((p.S - q.S) / (q.a - p.a));
  const bounds = prices
    .filter((price) => price >= 0)
    .map((price) => Math.max(...points.map(({ a, S }) => S + price * (a - wanted))));
  return Math.min(...bounds);
}

export function naiveScores(suite: Suite, reference: Reference, trials: readonly TrialResult[]): Naive {
  const own: Runs = { clean: {}, attacked: {} };
  for (const trial of trials) {
    const run =
      trial.outcome === 'scored' ? { P: trial.robustAccuracy ?? Number.NaN, R: trial.recalls! } : ('failed' as const);
    if (trial.budget === 0) own.clean[`${trial.dataset} ${trial.model} ${trial.seed}`] = run;
    else own.attacked[`${trial.scenario} ${trial.budget} ${trial.seed}`] = run;
  }
  const undefended: Runs = { clean: {}, attacked: {} };
  for (const run of reference.clean)
    undefended.clean[`${run.dataset} ${run.model} ${run.seed}`] = { P: Number.NaN, R: run.recalls! };
  for (const cell of reference.cells)
    undefended.attacked[`${cell.scenario} ${cell.budget} ${cell.seed}`] = { P: cell.attacked, R: cell.recalls! };

  const S = (runs: Runs, scenario: Suite['scenarios'][number], budget: number, seed: number) => {
    const model = `${scenario.dataset} ${scenario.model} ${seed}`;
    const key = `${scenario.id} ${budget} ${seed}`;
    const R0 = undefended.clean[model] as { R: readonly number[] };
    const cell = reference.cells.find(
      (one) => one.scenario === scenario.id && one.budget === budget && one.seed === seed,
    )!;
    const none = naiveS(
      R0.R,
      R0.R,
      undefended.attacked[key] as { P: number; R: number[] },
      cell.others ?? [],
      cell.clean,
    );
    const clean = runs.clean[model]!;
    let run = runs.attacked[key]!;
    const didFail = run === 'failed';
    if (run === 'failed') run = { P: 0, R: R0.R.map(() => 0) };
    const entry = naiveS(R0.R, clean === 'failed' ? 'failed' : clean.R, run, cell.others ?? [], cell.clean);
    return { entry: didFail && entry > none ? none : entry, none, cap: cell.clean };
  };
  const rhoOf = (
    runs: Runs,
    scenario: Suite['scenarios'][number],
    budget: number,
    seeds: readonly number[],
  ): number => {
    const all = seeds.map((seed) => S(runs, scenario, budget, seed));
    const [entry, none, cap] = [
      average(all.map((one) => one.entry)),
      average(all.map((one) => one.none)),
      average(all.map((one) => one.cap)),
    ];
    return clipped((entry - none) / (cap - none));
  };

  // Which cells count: by the gate seeds, and by what biases earn.
  const biased: Runs = { clean: undefended.clean, attacked: {} };
  for (const cell of reference.bias ?? [])
    biased.attacked[`${cell.scenario} ${cell.budget} ${cell.seed}`] = { P: cell.attacked, R: cell.recalls! };
  const counted: { scenario: Suite['scenarios'][number]; budget: number }[] = [];
  for (const scenario of suite.scenarios)
    for (const budget of scenario.budgets) {
      const damages = suite.gateSeeds.map((seed) => {
        const { none, cap } = S(undefended, scenario, budget, seed);
        return cap - none;
      });
      const n = damages.length;
      const low = average(damages) - (t95[n - 1]! * deviation(damages)) / Math.sqrt(n);
      const backdoor = scenario.attack === 'badnets' || scenario.attack === 'blend' || scenario.attack === 'adap-blend';
      if (scenario.control || low < (backdoor ? 0.5 : 0.1)) continue;
      if (reference.bias && rhoOf(biased, scenario, budget, suite.gateSeeds) > 0.5) continue;
      counted.push({ scenario, budget });
    }

  const all = (runs: Runs, seeds: readonly number[]) => {
    const rho: Record<string, number> = {};
    for (const { scenario, budget } of counted) rho[`${scenario.id} ${budget}`] = rhoOf(runs, scenario, budget, seeds);
    const families: Record<string, number> = {};
    for (const family of new Set(counted.map(({ scenario }) => scenario.family))) {
      const cells = counted.filter(({ scenario }) => scenario.family === family);
      if (family === 'adaptive') families[family] = crossFitted(runs, cells, seeds);
      else {
        const scenarios: number[] = [];
        for (const id of new Set(cells.map(({ scenario }) => scenario.id)))
          scenarios.push(
            average(cells.filter(({ scenario }) => scenario.id === id).map((cell) => rho[`${id} ${cell.budget}`]!)),
          );
        families[family] = average(scenarios);
      }
    }
    return { rho, families, mean: average(Object.values(families)), worst: Math.min(...Object.values(families)) };
  };
  const crossFitted = (
    runs: Runs,
    cells: typeof counted,
    seeds: readonly number[],
    gainIn: (cell: (typeof counted)[number], at: readonly number[]) => number = ({ scenario, budget }, at) =>
      rhoOf(runs, scenario, budget, at),
  ): number => {
    const even = seeds.filter((seed) => seed % 2 === 0);
    const odd = seeds.filter((seed) => seed % 2 === 1);
    const worstOn = (judges: readonly number[]) => {
      let [place, least] = [0, 2];
      cells.forEach(({ scenario, budget }, at) => {
        const rho = rhoOf(runs, scenario, budget, judges);
        if (rho < least) [place, least] = [at, rho];
      });
      return cells[place]!;
    };
    const [forOdd, forEven] = [worstOn(even), worstOn(odd)];
    if (forOdd === forEven) return gainIn(forOdd, seeds);
    return (odd.length * gainIn(forOdd, odd) + even.length * gainIn(forEven, even)) / seeds.length;
  };

  const seeds = suite.seeds;
  const without = seeds.map((out) => seeds.filter((seed) => seed !== out));
  const reachOf = (statistic: (kept: readonly number[]) => number) => {
    const whole = statistic(seeds);
    const pseudo = without.map((kept) => seeds.length * whole - (seeds.length - 1) * statistic(kept));
    return (1.25 * t975[seeds.length - 1]! * deviation(pseudo)) / Math.sqrt(seeds.length);
  };
  const here = all(own, seeds);

  // Gain. A member is a point (clean accuracy, S̄). The best lot among members whose accuracy is on average no less than
  // the entry's has, by duality, S̄ = min over prices λ ≥ 0 of the largest S̄ + λ · (accuracy − the entry's).
  const plain = [
    ...reference.frontier,
    { clean: reference.clean, cells: reference.cells as readonly { scenario: string; budget: number; seed: number }[] },
  ].map(({ clean, cells }) => {
    const runs: Runs = { clean: {}, attacked: {} };
    for (const run of clean) runs.clean[`${run.dataset} ${run.model} ${run.seed}`] = { P: Number.NaN, R: run.recalls! };
    for (const cell of cells as typeof reference.cells)
      runs.attacked[`${cell.scenario} ${cell.budget} ${cell.seed}`] = { P: cell.attacked, R: cell.recalls! };
    return { runs, clean };
  });
  const gainOf = ({ scenario, budget }: (typeof counted)[number], at: readonly number[]) => {
    const accuracyIn = (find: (seed: number) => number) => average(at.map(find));
    const wanted = accuracyIn(
      (seed) =>
        trials.find((one) => one.budget === 0 && one.model === scenario.model && one.seed === seed)!.cleanAccuracy ?? 0,
    );
    const poisoned = ({ attacked }: Runs) =>
      accuracyIn((seed) => {
        const run = attacked[`${scenario.id} ${budget} ${seed}`]!;
        return run === 'failed' ? 0 : average([...run.R]);
      });
    const points = plain.map(({ runs, clean }) => ({
      a: accuracyIn((seed) => clean.find((run) => run.model === scenario.model && run.seed === seed)!.accuracy),
      b: poisoned(runs),
      S: average(at.map((seed) => S({ clean: own.clean, attacked: runs.attacked }, scenario, budget, seed).entry)),
    }));
    const [none, cap] = [
      average(at.map((seed) => S(own, scenario, budget, seed).none)),
      average(at.map((seed) => S(own, scenario, budget, seed).cap)),
    ];
    const best = Math.max(
      none,
      atLeast(
        wanted,
        points.map(({ a, S }) => ({ a, S })),
      ),
      atLeast(
        poisoned(own),
        points.map(({ b, S }) => ({ a: b, S })),
      ),
    );
    return rhoOf(own, scenario, budget, at) - clipped((best - none) / (cap - none));
  };
  const gains: Record<string, number> = {};
  for (const family of Object.keys(here.families)) {
    const cells = counted.filter(({ scenario }) => scenario.family === family);
    if (family === 'adaptive') gains[family] = crossFitted(own, cells, seeds, gainOf);
    else {
      const ids = [...new Set(cells.map(({ scenario }) => scenario.id))];
      gains[family] = average(
        ids.map((id) => average(cells.filter(({ scenario }) => scenario.id === id).map((cell) => gainOf(cell, seeds)))),
      );
    }
  }
  return {
    ...here,
    reach: {
      mean: reachOf((kept) => all(own, kept).mean),
      worst: reachOf((kept) => all(own, kept).worst),
      families: Object.fromEntries(
        Object.keys(here.families).map((family) => [family, reachOf((kept) => all(own, kept).families[family]!)]),
      ),
    },
    gain: average(Object.values(gains)),
    gains,
  };
}
