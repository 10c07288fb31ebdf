import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epsilonOf, type Mechanism } from '../../runner/train/accountant.ts';
import { erfc } from '../../runner/train/erfc.ts';
import { type EpsilonBounds, epsilonBounds } from '../../runner/train/prv.ts';

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

/**
 * δ at ε of one step: the outputs that lose more than ε are those beyond one point, for removing a row and for adding
 * one.
 */
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

/** What holds of both accountants, tried so often; a grid of PRV's takes up to some seconds. */
export function accountantProperties(runsOfRdp: number, runsOfPrv: number): void {
  const often = { seed: 1, numRuns: runsOfRdp };
  const seldom = { seed: 1, numRuns: runsOfPrv };
  const timeout = 60_000 + 20_000 * runsOfPrv;
  describe('for every q from 1e-6 to 1, σ from .2 to 100, 1 to 1e9 steps, δ from 1e-12 to .1', () => {
    test('0 ≤ lower ≤ PRV ≤ upper ≤ RDP, or PRV says why it has no number', { timeout }, () => {
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
    ])('the exact ε %s is in the interval, and below RDP', { timeout }, (_, some, deltaOf) => {
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

    test('no interval contradicts that of a run that spends more', { timeout }, () => {
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
}
