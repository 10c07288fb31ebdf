import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epsilonOf, type Mechanism } from '../../../runner/train/accountant.ts';
import { erfc } from '../../../runner/train/erfc.ts';
import { type EpsilonBounds, epsilonBounds } from '../../../runner/train/prv.ts';

type Run = Mechanism & { delta: number };

/** The bounds, or the sentence that says why there are none. */
function boundsOf(run: Run): EpsilonBounds | string {
  try {
    return epsilonBounds(run);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as RangeError).message;
  }
}

const normal = (x: number) => erfc(-x / Math.SQRT2) / 2;

/**
 * δ at ε without sampling: the steps are one Gaussian mechanism. Balle and Wang 2018,
 * https://arxiv.org/abs/1805.06530, theorem 8.
 */
function deltaOfGaussian({ noiseMultiplier, steps }: Run, epsilon: number): number {
  const mu = Math.sqrt(steps) / noiseMultiplier;
  const tail = normal(-mu / 2 - epsilon / mu);
  return normal(mu / 2 - epsilon / mu) - (tail === 0 ? 0 : Math.exp(epsilon) * tail);
}

/** δ at ε of one step: the outputs that lose more than ε are those beyond one point, for removing a row and for adding one. */
function deltaOfOneStep({ samplingRate: q, noiseMultiplier: sigma }: Run, epsilon: number): number {
  const outputOf = (loss: number) => sigma * sigma * Math.log(Math.max(0, Math.expm1(loss) + q) / q) + 0.5;
  const without = (x: number) => normal(x / sigma);
  const within = (x: number) => (1 - q) * normal(x / sigma) + q * normal((x - 1) / sigma);
  const [high, low] = [outputOf(epsilon), outputOf(-epsilon)];
  const removed =
    (1 - q) * normal(-high / sigma) + q * normal((1 - high) / sigma) - Math.exp(epsilon) * normal(-high / sigma);
  return Math.max(removed, without(low) - Math.exp(epsilon) * within(low));
}

const logUniform = (least: number, most: number) =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
const steps = logUniform(1, 1e9).map(Math.round);
const runs = (fixed: Partial<Record<keyof Run, fc.Arbitrary<number>>> = {}): fc.Arbitrary<Run> =>
  fc.record({
    samplingRate: fixed.samplingRate ?? logUniform(1e-6, 1).map((q) => Math.min(1, q)),
    noiseMultiplier: logUniform(0.2, 100),
    steps: fixed.steps ?? steps,
    delta: logUniform(1e-12, 0.1),
  });
const often = { seed: 1, numRuns: 300 };
const seldom = { seed: 1, numRuns: 24 }; // a grid of a million points takes a second

describe('for every q from 1e-6 to 1, σ from .2 to 100, 1 to 1e9 steps, δ from 1e-12 to .1', () => {
  test('0 ≤ lower ≤ PRV ≤ upper ≤ RDP, or PRV says why it has no number', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(runs(), (run) => {
        const [rdp, prv] = [epsilonOf(run).epsilon, boundsOf(run)];
        expect(rdp).toBeGreaterThanOrEqual(0);
        if (typeof prv === 'string') {
          expect(prv).toMatch(/delta=.* is too small for \d+ steps|too many/);
          return;
        }
        const inOrder = [0, prv.lower, prv.epsilon, prv.upper, rdp];
        expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
      }),
      seldom,
    );
  });

  test.each([
    ['of one step', runs({ steps: fc.constant(1) }), deltaOfOneStep],
    ['without sampling', runs({ samplingRate: fc.constant(1) }), deltaOfGaussian],
  ])('the exact ε %s is in the interval, and below RDP', { timeout: 120_000 }, (_, some, deltaOf) => {
    const rounding = 1e-15;
    fc.assert(
      fc.property(some, (run) => {
        expect(deltaOf(run, epsilonOf(run).epsilon)).toBeLessThan(run.delta + rounding);
      }),
      often,
    );
    fc.assert(
      fc.property(some, (run) => {
        const prv = boundsOf(run);
        if (typeof prv === 'string') return;
        expect(deltaOf(run, prv.upper)).toBeLessThan(run.delta + rounding);
        if (prv.lower > 0) expect(deltaOf(run, prv.lower)).toBeGreaterThan(run.delta - rounding);
      }),
      seldom,
    );
  });

  test('RDP grows with steps and q, and falls with σ and δ', () => {
    fc.assert(
      fc.property(runs(), fc.double({ min: 1, max: 10, noNaN: true }), (run, factor) => {
        const { epsilon } = epsilonOf(run);
        for (const dearer of [
          { ...run, steps: Math.round(run.steps * factor) },
          { ...run, samplingRate: Math.min(1, run.samplingRate * factor) },
          { ...run, noiseMultiplier: run.noiseMultiplier / factor },
          { ...run, delta: run.delta / factor },
        ])
          expect(epsilonOf(dearer).epsilon).toBeGreaterThanOrEqual(epsilon * (1 - 1e-9));
      }),
      often,
    );
  });

  test('no interval contradicts that of a run that spends more', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(runs(), fc.nat(3), (run, which) => {
        const dearer = [
          { ...run, steps: 2 * run.steps },
          { ...run, samplingRate: Math.min(1, 2 * run.samplingRate) },
          { ...run, noiseMultiplier: run.noiseMultiplier / 2 },
          { ...run, delta: run.delta / 2 },
        ][which]!;
        const [prv, more] = [boundsOf(run), boundsOf(dearer)];
        if (typeof prv !== 'string' && typeof more !== 'string') expect(prv.lower).toBeLessThanOrEqual(more.upper);
      }),
      seldom,
    );
  });

  test('steps in two parts spend at most the sum of what the parts spend', () => {
    fc.assert(
      fc.property(runs(), runs(), (run, { steps: more, delta }) => {
        const parts = [run, { ...run, steps: more, delta }].map((part) => epsilonOf(part).epsilon);
        const whole = boundsOf({ ...run, steps: run.steps + more, delta: run.delta + delta });
        if (typeof whole !== 'string') expect(whole.lower).toBeLessThanOrEqual(parts[0]! + parts[1]!);
      }),
      seldom,
    );
  });
});

test.each([
  // q, σ, steps, δ; ε at least and at most by dp-accounting 0.6.0 (PLD); ε by prv-accountant 0.2.0
  [1e-4, 0.3, 1_000_000, 1e-5, 70.733, 71.739, 71.236],
  [256 / 60_000, 4, 702, 1e-5, 0.08512966552473183, 0.0886399998410853, 0.08868401584089144],
  [256 / 60_000, 50, 702, 1e-5, 0.00470944532179812, 0.00506048169770026, 0.0054997618376542625],
  [0.01, 0.5, 1000, 1e-5, 13.310376900512003, 13.3608256901358, 13.361977216394815],
  [1, 2, 50, 1e-5, 20.67, 20.675517263337955, 20.675508211714025],
  [0.2, 3, 1000, 1e-6, 12.209970525145465, 12.259972277823515, 12.259970383025518],
  [0.001, 0.4, 20_000, 1e-6, 19.382116988495817, 19.562491097854753, 19.562670636582872],
  [0.1, 0.8, 100, 1e-8, 15.415071757938867, 15.420072077362343, 15.42600341292038],
  [0.02, 10, 5000, 1e-3, 0.2763735439691787, 0.3013742558735684, 0.30138183503800237],
])(
  'of q=%f σ=%f steps=%i δ=%f no second implementation finds ε outside the interval',
  (samplingRate, noiseMultiplier, steps, delta, least, most, other) => {
    const { lower, epsilon, upper } = epsilonBounds({ samplingRate, noiseMultiplier, steps, delta });
    expect([lower <= most, least <= upper]).toEqual([true, true]);
    expect(Math.abs(epsilon - other)).toBeLessThan(0.01);
  },
);

test('a shift longer than the grid wraps nothing round: a million steps, of which a mesh cell is far wider than one loss', () => {
  // 71.234 by dp-accounting (PLD); [70.733, 71.739] by prv-accountant
  const run = { samplingRate: 1e-4, noiseMultiplier: 0.3, steps: 1_000_000, delta: 1e-5 };
  const { lower, epsilon, upper } = epsilonBounds(run);
  expect([lower < 71.234, Math.abs(epsilon - 71.234) < 0.01, 71.234 < upper, upper - lower < 1.5]).toEqual(
    Array(4).fill(true),
  );
});
