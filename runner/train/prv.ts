import { epsilonOf, type Mechanism } from './accountant.ts';
import { type Composed, compose } from './compose.ts';
import { privacyLosses } from './privacy-loss.ts';

export type EpsilonBounds = { lower: number; epsilon: number; upper: number };

/** What the bounds may add to either side of ε, where the grid below is fine enough. */
const epsilonError = 0.01;
/** They take seconds; a larger ε, or very many steps, get a wider mesh and wider bounds. */
const mostPoints = 2 ** 20;
/** Of δ: the most that rounding may take of it. */
const mostRounding = 0.1;

/**
 * ε at δ of so many steps of the Poisson-subsampled Gaussian mechanism, for adding or removing one row: proven bounds,
 * and the estimate between them. Replacing one row is two of those. Privacy loss random variables are composed
 * numerically: Gopi, Lee and Wutschitz 2021, algorithm 1, https://arxiv.org/abs/2106.02848, with ε_error .01 and
 * δ_error δ/1000. Where the grid would need more points than it may have, ε_error grows. Both directions are computed,
 * and the worse one counts. The result is never above what Rényi accounting proves.
 *
 * Throws RangeError where no bound can be proven: δ is so small that the rounding of float64 would show, or the steps
 * are too many for the grid.
 */
export function epsilonBounds(run: Mechanism & { delta: number }): EpsilonBounds {
  const { delta, steps, samplingRate, noiseMultiplier } = run;
  const most = epsilonOf(run).epsilon;
  if (most === 0) return { lower: 0, epsilon: 0, upper: 0 };
  const spill = delta / 1000;
  const grid = gridOf(run, spill);
  if (!Number.isFinite(grid.mesh)) return { lower: 0, epsilon: most, upper: most };
  const { removed, added } = privacyLosses({ samplingRate, noiseMultiplier });
  const spent = [removed, added].map((loss) => {
    const composed = compose(loss, steps, grid.mesh, grid.points);
    if (!(composed.rounding <= mostRounding * delta))
      throw new RangeError(
        `delta=${delta} is too small for ${steps} steps in float64, want at least ${(composed.rounding / mostRounding).toPrecision(1)}`,
      );
    const error = spill + composed.rounding;
    return {
      lower: epsilonAt(composed, delta + error) - grid.error,
      epsilon: epsilonAt(composed, delta),
      upper: epsilonAt(composed, delta - error) + grid.error,
    };
  });
  const worst = (end: keyof EpsilonBounds) => Math.min(most, Math.max(0, ...spent.map((bounds) => bounds[end])));
  return { lower: worst('lower'), epsilon: worst('epsilon'), upper: worst('upper') };
}

/**
 * The grid from −reach to reach. The chance that any single step loses more than that is at most spill/8. The chance
 * that all together lose more, with the error of the grid, is at most spill/4. The domain of section 5, by Rényi
 * accounting.
 */
function gridOf({ delta: _, ...mechanism }: Mechanism & { delta: number }, spill: number) {
  const { steps } = mechanism;
  const beyond = (run: Mechanism, chance: number) =>
    epsilonOf({ ...run, delta: chance, conversion: 'classic' }).epsilon;
  const [all, one] = [beyond(mechanism, spill / 4), beyond({ ...mechanism, steps: 1 }, spill / (8 * steps))];
  const width = Math.sqrt((steps / 2) * Math.log(12 / spill)); // how many ε_errors a mesh of 1 makes: theorem 5.5
  const least = Math.max(all + epsilonError, one);
  const points = 2 ** Math.ceil(Math.log2((2 * least * width) / epsilonError));
  if (points <= mostPoints) return { points, mesh: (2 * least) / points, error: epsilonError };
  const share = (2 * width) / mostPoints; // of the reach, that is ε_error
  if (!(share < 0.5)) throw new RangeError(`${steps} steps are too many for a grid of ${mostPoints} points`);
  const reach = Math.max(all / (1 - share), one);
  return { points: mostPoints, mesh: (2 * reach) / mostPoints, error: share * reach };
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
