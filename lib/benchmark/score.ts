import { cellsOf } from './references.ts';
import type { Estimate, Reference, Scores } from './report.ts';
import type { TrialResult } from './result.ts';
import { mean, reachOfMean } from './stats.ts';
import { cleanScenario, type Suite } from './suite.ts';

/** Fewer seeds than this have no interval. */
const seedsForInterval = 5;

/** The share of the damage undone, and by seed how far that seed lies from it. Unclipped. */
type Robustness = { rho: number; deviations: Map<number, number> };

/**
 * The scores of one defense on one suite, from its trials so far and the undefended reference at the same seeds.
 *
 * Robustness of a cell: ρ = (P_D(b) − P_none(b)) / (P_none(0) − P_none(b)), P the mean share of attacked rows given their true label; 0 as bad
 * as no defense, 1 as if unattacked. A scenario averages its cells, a family its scenarios. A module's failure enters with P_D = 0; a trial that
 * is missing leaves its cell null, and with it the family, `worst` and `mean`. Values are clipped to [−1, 1] last of all.
 */
export function scoresOf(suite: Suite, reference: Reference, trials: readonly TrialResult[]): Scores {
  const counting = cellsOf(suite, reference).filter(({ counts }) => counts);
  const scenarios = new Map(
    suite.scenarios.map(({ id }) => [id, average(counting.filter((cell) => cell.scenario === id).map((cell) => robustnessOf(cell, reference, trials)))]),
  );
  const families = new Map(
    [...new Set(suite.scenarios.map(({ family }) => family))].map((family) => {
      const members = suite.scenarios.filter((scenario) => scenario.family === family && counting.some((cell) => cell.scenario === scenario.id));
      return [family, average(members.map(({ id }) => scenarios.get(id) ?? null))];
    }),
  );
  const counted = [...families].filter(([family]) =>
    suite.scenarios.some((scenario) => scenario.family === family && counting.some((cell) => cell.scenario === scenario.id)),
  );
  const utility = utilityOf(suite, reference, trials);
  return {
    worst: worstOf(counted),
    mean: clipped(estimateOf(average(counted.map(([, robustness]) => robustness)))),
    utility,
    gain: null,
    cost: costOf(trials),
    families: Object.fromEntries([...families].map(([family, robustness]) => [family, clipped(estimateOf(robustness))])),
    scenarios: Object.fromEntries([...scenarios].map(([id, robustness]) => [id, clipped(estimateOf(robustness))])),
    flags: flagsOf(trials, utility),
  };
}

function robustnessOf(cell: { scenario: string; budget: number }, reference: Reference, trials: readonly TrialResult[]): Robustness | null {
  const pairs = trials
    .filter((trial) => trial.scenario === cell.scenario && trial.budget === cell.budget)
    .flatMap((trial) => {
      const none = reference.cells.find((known) => known.scenario === cell.scenario && known.budget === cell.budget && known.seed === trial.seed);
      return none ? [{ seed: trial.seed, defended: none.clean - robustAccuracyOf(trial), undefended: none.clean - none.attacked }] : [];
    });
  if (pairs.length === 0) return null;
  const damage = mean(pairs.map(({ undefended }) => undefended));
  const left = mean(pairs.map(({ defended }) => defended)) / damage;
  return { rho: 1 - left, deviations: new Map(pairs.map(({ seed, defended, undefended }) => [seed, (left * undefended - defended) / damage])) };
}

/** A module's own failure gives no row its true label. */
const robustAccuracyOf = (trial: TrialResult) => (trial.outcome === 'scored' ? trial.robustAccuracy! : 0);

/** Deviations are averaged within a seed, over the seeds that all parts have: parts of one seed are not independent. Null if a part is missing. */
function average(parts: readonly (Robustness | null)[]): Robustness | null {
  const whole = parts.filter((part) => part !== null);
  if (whole.length === 0 || whole.length < parts.length) return null;
  const seeds = [...whole[0]!.deviations.keys()].filter((seed) => whole.every(({ deviations }) => deviations.has(seed)));
  if (seeds.length === 0) return null;
  return {
    rho: mean(whole.map(({ rho }) => rho)),
    deviations: new Map(seeds.map((seed) => [seed, mean(whole.map(({ deviations }) => deviations.get(seed)!))])),
  };
}

/** With a two-sided 95 % interval unless told another upper probability. */
function estimateOf(robustness: Robustness | null, upper = 0.975): Estimate | null {
  if (!robustness) return null;
  return around(robustness.rho, [...robustness.deviations.values()], upper);
}

function around(value: number, deviations: readonly number[], upper = 0.975): Estimate {
  const n = deviations.length;
  if (n < seedsForInterval) return { value, low: null, high: null, n };
  return { value, low: value - reachOfMean(deviations, 0.975), high: value + reachOfMean(deviations, upper), n };
}

/** The least family with [min L_f, min U_f], U at 1 − .025/F: the minimum of noisy families is biased low, and the interval says so. */
function worstOf(families: readonly (readonly [string, Robustness | null])[]): Scores['worst'] {
  const estimates = families.map(([family, robustness]) => ({ family, estimate: estimateOf(robustness, 1 - 0.025 / families.length) }));
  const known = estimates.flatMap(({ family, estimate }) => (estimate ? [{ family, ...estimate }] : []));
  if (known.length === 0 || known.length < estimates.length) return null;
  const least = known.reduce((worst, other) => (other.value < worst.value ? other : worst));
  const whole = known.every(({ low }) => low !== null);
  const ends = whole ? { low: Math.min(...known.map(({ low }) => low!)), high: Math.min(...known.map(({ high }) => high!)) } : { low: null, high: null };
  return { family: least.family, ...clip({ value: least.value, ...ends, n: Math.min(...known.map(({ n }) => n)) }) };
}

const clip = (estimate: Estimate): Estimate => {
  const bound = (value: number) => Math.max(-1, Math.min(1, value));
  return {
    value: bound(estimate.value),
    low: estimate.low === null ? null : bound(estimate.low),
    high: estimate.high === null ? null : bound(estimate.high),
    n: estimate.n,
  };
};
const clipped = (estimate: Estimate | null) => estimate && clip(estimate);

/** Clean accuracy without poison minus the undefended model's, paired by dataset, model and seed; a failed clean run has accuracy 0. */
function utilityOf(suite: Suite, reference: Reference, trials: readonly TrialResult[]): Estimate | null {
  const models = new Set(suite.scenarios.map(cleanScenario));
  const bySeed = new Map<number, number[]>();
  for (const trial of trials.filter(({ budget }) => budget === 0)) {
    const none = reference.clean.find(({ dataset, model, seed }) => dataset === trial.dataset && model === trial.model && seed === trial.seed);
    if (none) bySeed.set(trial.seed, [...(bySeed.get(trial.seed) ?? []), (trial.cleanAccuracy ?? 0) - none.accuracy]);
  }
  const whole = [...bySeed.values()].filter((differences) => differences.length === models.size).map(mean);
  return whole.length > 0 ? around(mean(whole), whole) : null;
}

/** Wall time over the undefended training's on the same runner and engine, averaged over scored trials within each seed. */
function costOf(trials: readonly TrialResult[]): Estimate | null {
  const timed = trials.filter(({ outcome, seconds, undefendedSeconds }) => outcome === 'scored' && seconds !== null && undefendedSeconds !== null);
  const bySeed = [...new Set(timed.map(({ seed }) => seed))].map((seed) =>
    mean(timed.filter((trial) => trial.seed === seed).map((trial) => trial.seconds! / trial.undefendedSeconds!)),
  );
  return bySeed.length > 0 ? around(mean(bySeed), bySeed) : null;
}

/** More clean accuracy lost than this: the row stands after all others. */
const collapse = 0.1;

function flagsOf(trials: readonly TrialResult[], utility: Estimate | null): string[] {
  const flags: string[] = [];
  if (utility && utility.value < -collapse) flags.push('collapsed');
  if (trials.some(({ outcome }) => outcome === 'not-run')) flags.push('not-run');
  if (trials.some(({ outcome }) => outcome !== 'scored' && outcome !== 'not-run')) flags.push('failed-trials');
  return flags;
}
