import { epsilonOf, type Mechanism } from './accountant.ts';
import { fourier } from './fourier.ts';
import { type PrivacyLoss, privacyLosses } from './privacy-loss.ts';

export type EpsilonBounds = { lower: number; epsilon: number; upper: number };

/** What the bounds may add to either side of ε, where the grid below is fine enough. */
const epsilonError = 0.01;
/** They take seconds; a larger ε, or very many steps, get a wider mesh and wider bounds. */
const mostPoints = 2 ** 20;

/**
 * ε at δ of so many steps of the Poisson-subsampled Gaussian mechanism, for adding or removing one row (replacing one
 * is two of those): proven bounds and the estimate between them, by numerical composition of privacy loss random
 * variables. Gopi, Lee and Wutschitz 2021, algorithm 1, https://arxiv.org/abs/2106.02848, with ε_error .01 and δ_error
 * δ/1000, for both directions, the worse of which counts. Throws RangeError where δ is so small that the rounding of
 * float64 would show; Rényi accounting has no such floor.
 */
export function epsilonBounds(run: Mechanism & { delta: number }): EpsilonBounds {
  const { delta, steps, samplingRate, noiseMultiplier } = run;
  if (!(delta > 0 && delta < 1)) throw new RangeError(`epsilonBounds: delta=${delta}, want between 0 and 1`);
  const reach = reachOf(run);
  if (samplingRate === 0 || steps === 0) return { lower: 0, epsilon: 0, upper: 0 };
  if (!Number.isFinite(reach)) return { lower: Infinity, epsilon: Infinity, upper: Infinity };
  const width = Math.sqrt((steps / 2) * Math.log(12 / (delta / 1000))); // how many ε_errors a mesh of 1 makes: theorem 5.5
  const points = Math.min(mostPoints, 2 ** Math.ceil(Math.log2((2 * reach * width) / epsilonError)));
  const mesh = (2 * reach) / points;
  const error = Math.max(epsilonError, mesh * width);
  const { removed, added } = privacyLosses({ samplingRate, noiseMultiplier });
  const spent = [removed, added].map((loss) => {
    const composed = compose(loss, steps, mesh, points);
    if (composed.rounding > delta / 1000)
      throw new RangeError(
        `epsilonBounds: delta=${delta} is too small for ${steps} steps in float64, want at least ${(1000 * composed.rounding).toPrecision(1)}`,
      );
    return {
      lower: Math.max(0, epsilonAt(composed, delta + delta / 1000) - error),
      epsilon: epsilonAt(composed, delta),
      upper: epsilonAt(composed, delta - delta / 1000) + error,
    };
  });
  const worst = (end: keyof EpsilonBounds) => Math.max(...spent.map((bounds) => bounds[end]));
  return { lower: worst('lower'), epsilon: worst('epsilon'), upper: worst('upper') };
}

/**
 * Beyond ± this, all steps together and each of them lose with a chance that δ_error covers: the domain of section 5,
 * by Rényi accounting.
 */
function reachOf({ delta, ...mechanism }: Mechanism & { delta: number }): number {
  const spill = delta / 1000;
  const whole = epsilonOf({ ...mechanism, delta: spill / 4 }).epsilon;
  const single = epsilonOf({ ...mechanism, steps: 1, delta: spill / (8 * Math.max(1, mechanism.steps)) }).epsilon;
  return Math.max(whole, single, epsilonError) + 3;
}

/** The loss of all steps: chance masses at `least` + mesh · i. */
type Composed = {
  readonly masses: Float64Array;
  readonly least: number;
  readonly mesh: number;
  readonly rounding: number;
};

/**
 * The step's loss on the grid, its mean kept by a shift, times itself. `rounding`: the mass below zero that float64
 * left.
 */
function compose({ below, mean }: PrivacyLoss, steps: number, mesh: number, points: number): Composed {
  const middle = points / 2;
  const [bottom, top] = [below(-mesh * (middle + 0.5)), below(mesh * (middle - 0.5))];
  const re = new Float64Array(points);
  let [before, gridMean] = [0, 0];
  for (let i = -middle; i < middle; i++) {
    const upTo = Math.min(1, (below(mesh * (i + 0.5)) - bottom) / (top - bottom));
    re[(i + points) % points] = upTo - before; // loss 0 comes first, the negative ones last
    gridMean += i * mesh * (upTo - before);
    before = upTo;
  }
  const im = new Float64Array(points);
  fourier(re, im);
  for (let k = 0; k < points; k++) {
    const size = (re[k]! * re[k]! + im[k]! * im[k]!) ** (steps / 2) / points;
    const angle = steps * Math.atan2(im[k]!, re[k]!);
    re[k] = size * Math.cos(angle);
    im[k] = size * Math.sin(angle);
  }
  fourier(im, re);
  const masses = new Float64Array(points);
  masses.set(re.subarray(middle));
  masses.set(re.subarray(0, middle), middle);
  const rounding = masses.reduce((sum, mass) => sum + Math.max(0, -mass), 0);
  return { masses, least: steps * (mean - gridMean) - mesh * middle, mesh, rounding };
}

/**
 * The least ε ≥ 0 with δ(ε) = Σ_{t > ε} p_t (1 − e^(ε − t)) at most that. From the top, with D = Σ p_t and S = Σ p_t
 * e^(t_i − t) over t ≥ t_i, δ(ε) = D − e^(ε − t_i) S just below t_i.
 */
function epsilonAt({ masses, least, mesh }: Composed, delta: number): number {
  const decay = Math.exp(-mesh);
  let above = 0;
  let discounted = 0;
  let i = masses.length - 1;
  for (; i >= 0; i--) {
    if (above - discounted * decay > delta) break; // δ(t_i): what lies at t_i itself adds nothing
    above += masses[i]!;
    discounted = discounted * decay + masses[i]!;
  }
  return above > delta ? Math.max(0, least + mesh * (i + 1) + Math.log((above - delta) / discounted)) : 0;
}
