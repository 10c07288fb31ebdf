import { describe, expect, it } from 'vitest';
import { SuiteSchema } from '../../../lib/contract/suite.ts';
import type { Effects } from '../../../lib/scoring/effects.ts';
import { around, robustScores } from '../../../lib/scoring/estimates.ts';
import { type Contender, ranksOf } from '../../../lib/scoring/ranks.ts';
import { robustnessOf } from '../../../lib/scoring/robustness.ts';
import { mean } from '../../../lib/scoring/stats.ts';
import { rootOf } from '../../../runner/random/rng.ts';

/**
 * What the intervals and ranks promise, held against draws whose truth is known. Seeded: the same numbers on every
 * machine.
 */

const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const suite = SuiteSchema.parse({
  id: 'drawn-1',
  title: 'Drawn',
  summary: 'Three families, the first with two scenarios.',
  published: '2026-11-26',
  recipe: 'core',
  ranked: true,
  seeds,
  gateSeeds: [100, 101],
  scenarios: (
    [
      ['flip', 'indiscriminate', 'confidence-flip'],
      ['flip-again', 'indiscriminate', 'confidence-flip'],
      ['targets', 'targeted', 'target-insertion'],
      ['patch', 'backdoor', 'badnets'],
    ] as const
  ).map(([id, family, attack]) => ({ id, dataset: 'fashion-mnist', model: 'lr', attack, family, budgets: [0.1] })),
  digest: `sha256:${'0'.repeat(64)}`,
});

/** Standard normal and uniform draws, in blocks. */
function draws(name: string) {
  const rng = rootOf(name);
  let block: Float32Array = new Float32Array();
  let at = 0;
  return {
    uniform: () => rng.uniform(),
    normal: () => {
      if (at === block.length) [block, at] = [rng.gaussians(4096, 1), 0];
      return block[at++]!;
    },
  };
}

const cell = (scenario: string, draw: (seed: number) => { defended: number; undefended: number }): Effects => ({
  scenario,
  family: suite.scenarios.find(({ id }) => id === scenario)!.family,
  budget: 0.1,
  bySeed: new Map(seeds.map((seed) => [seed, draw(seed)])),
});

/** Of so many intervals, the share that holds the truth. */
const coverage = (times: number, truth: number, interval: () => { low: number | null; high: number | null }) =>
  mean(
    Array.from({ length: times }, () => {
      const { low, high } = interval();
      return low! <= truth && truth <= high! ? 1 : 0;
    }),
  );
const nominal = (share: number) => {
  expect(share).toBeGreaterThanOrEqual(0.92);
  expect(share).toBeLessThanOrEqual(0.97);
};
const times = 2000; // one standard error is .005

describe('nominal 95 % intervals over ten seeds hold the truth in 92 to 97 of 100', () => {
  it('of a mean', () => {
    const { normal } = draws('mean');
    nominal(
      coverage(times, 0.3, () => {
        const values = seeds.map(() => 0.3 + 0.05 * normal());
        return around(mean(values), values);
      }),
    );
  });

  it.each([0, 0.5, 0.9])('of ρ, a ratio of two effects that correlate by %d within a seed', (correlation) => {
    const { normal } = draws(`ratio ${correlation}`);
    const draw = () => {
      const shared = Math.sqrt(correlation) * normal();
      const own = () => Math.sqrt(1 - correlation) * normal();
      return { defended: 0.25 + 0.08 * (shared + own()), undefended: 0.6 + 0.08 * (shared + own()) };
    };
    nominal(
      coverage(times, 1 - 0.25 / 0.6, () => robustScores(robustnessOf(suite, [cell('patch', draw)])).scenarios.patch!),
    );
  });

  it.each([0, 0.05, 0.2])('of ρ over 20 targets a run, which correlate by %d within a run', (correlation) => {
    const { uniform } = draws(`targets ${correlation}`);
    /** Each target is like the run with chance √correlation, so that two of them correlate by it. */
    const missed = (chance: number) => {
      const run = uniform() < chance;
      return mean(
        Array.from({ length: 20 }, () => ((uniform() < Math.sqrt(correlation) ? run : uniform() < chance) ? 1 : 0)),
      );
    };
    const draw = () => ({ defended: missed(0.3), undefended: missed(0.75) });
    nominal(
      coverage(
        times,
        1 - 0.3 / 0.75,
        () => robustScores(robustnessOf(suite, [cell('targets', draw)])).scenarios.targets!,
      ),
    );
  });

  it('of a family whose cells share what their seed brings', () => {
    const { normal } = draws('family');
    const scores = () => {
      const shared = seeds.map(() => 0.06 * normal());
      const draw = (seed: number) => ({
        defended: 0.3 + shared[seed]! + 0.03 * normal(),
        undefended: 0.6 + shared[seed]! + 0.03 * normal(),
      });
      return robustScores(robustnessOf(suite, [cell('flip', draw), cell('flip-again', draw)])).families.indiscriminate!;
    };
    nominal(coverage(times, 0.5, scores));
  });
});

/** One entry's effects in every scenario; `undefended` is the same for all entries of a board, as it is in truth. */
const boardOf = (normal: () => number, deviation: number) => {
  const undefended = new Map(suite.scenarios.map(({ id }) => [id, seeds.map(() => 0.6 + 0.02 * normal())]));
  return (rho: Record<string, number>): Effects[] =>
    suite.scenarios.map(({ id, family }) =>
      cell(id, (seed) => {
        const damage = undefended.get(id)![seed]!;
        return { undefended: damage, defended: damage * (1 - rho[family]!) + 0.6 * deviation * normal() };
      }),
    );
};

describe('the worst family', () => {
  it.each([
    ['all alike', { indiscriminate: 0.5, targeted: 0.5, backdoor: 0.5 }],
    ['one a little worse', { indiscriminate: 0.5, targeted: 0.47, backdoor: 0.5 }],
    ['one far worse', { indiscriminate: 0.5, targeted: 0.1, backdoor: 0.5 }],
  ])('is in its interval at least 95 times in 100: %s', (_, truth) => {
    const { normal } = draws(`worst ${JSON.stringify(truth)}`);
    const interval = () => robustScores(robustnessOf(suite, boardOf(normal, 0.06)(truth))).worst!;
    expect(coverage(times, Math.min(...Object.values(truth)), interval)).toBeGreaterThan(0.95 - 0.01); // two standard errors
  });
});

describe('of twelve entries', () => {
  const same = { indiscriminate: 0.5, targeted: 0.5, backdoor: 0.5 };
  const contender = (id: string, effects: Effects[]): Contender => {
    const { rho, deviations } = robustnessOf(suite, effects).least!.robustness;
    return {
      id,
      collapsed: false,
      bySeed: new Map([...deviations].map(([seed, deviation]) => [seed, rho + deviation])),
    };
  };
  /** The ranks of one board after another: eleven entries alike and the first better by a gap. */
  const boards = (name: string, count: number, deviation: number, gap: number) => {
    const { normal } = draws(name);
    const better = Object.fromEntries(Object.entries(same).map(([family, rho]) => [family, rho + gap]));
    return Array.from({ length: count }, () => {
      const effects = boardOf(normal, deviation);
      return ranksOf(Array.from({ length: 12 }, (_, at) => contender(String(at), effects(at === 0 ? better : same))));
    });
  };

  it('that are alike, any two are told apart on 5 boards of 100 at most', () => {
    const apart = boards('alike', 600, 0.06, 0).map((ranks) =>
      [...ranks.values()].some(([first, last]) => first > 1 || last < 12) ? 1 : 0,
    );
    expect(mean(apart)).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 600)); // .077
  });

  it.each([
    // deviation of one seed's ρ in one cell; share of the eleven others that are told from the better one
    [0.02, 0.95, 1],
    [0.04, 0.3, 0.95],
    [0.1, 0, 0.1],
  ])(
    'one that is better by .1 is told from the others where a seed’s ρ deviates by %d: their share is %d to %d',
    (deviation, least, most) => {
      const told = boards(`gap ${deviation}`, 100, deviation, 0.1).map((ranks) => (12 - ranks.get('0')![1]) / 11);
      expect(mean(told)).toBeGreaterThanOrEqual(least);
      expect(mean(told)).toBeLessThanOrEqual(most);
    },
  );
});
