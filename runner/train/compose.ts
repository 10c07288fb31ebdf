import { fourier } from './fourier.ts';
import type { PrivacyLoss } from './privacy-loss.ts';

/** The loss of all steps: chance masses at `least` + mesh · i. */
export type Composed = {
  readonly masses: Float64Array;
  readonly least: number;
  readonly mesh: number;
  /** A bound on what float64 may have moved of them. */
  readonly rounding: number;
};

/**
 * The step's loss on the grid of that many points around 0, its mean kept by a shift, times itself. The product knows
 * sums only modulo the grid's length. They are read as the sums between −reach and reach after all the shifts. The
 * shifts together may be longer than the grid.
 */
export function compose(loss: PrivacyLoss, steps: number, mesh: number, points: number): Composed {
  const middle = points / 2;
  const { re, mean, moved } = onGrid(loss, mesh, points);
  const im = new Float64Array(points);
  fourier(re, im);
  let kept = 0; // Σ |c|^(2 steps)
  for (let k = 0; k < points; k++) {
    const [x, y] = [re[k]!, im[k]!]; // c − 1, so that a loss that is mostly 0 is rounded at its own size
    const log = (steps / 2) * Math.log1p(Math.max(-1, 2 * x + x * x + y * y));
    const size = log < -100 ? 0 : Math.exp(log);
    const angle = size === 0 ? 0 : steps * Math.atan2(y, 1 + x);
    kept += size * size;
    re[k] = (size * Math.cos(angle)) / points;
    im[k] = (size * Math.sin(angle)) / points;
  }
  fourier(im, re);
  const shift = steps * (loss.meanWithin(mesh * middle) - mean);
  const first = Math.round(-middle - shift / mesh);
  const from = ((first % points) + points) % points;
  const masses = new Float64Array(points);
  masses.set(re.subarray(from));
  masses.set(re.subarray(0, from), points - from);
  const negative = masses.reduce((sum, mass) => sum + Math.max(0, -mass), 0);
  const rounding = Math.max(negative, steps * moved * Math.log2(points) * 2 ** -53 * Math.sqrt(kept));
  return { masses, least: first * mesh + shift, mesh, rounding };
}

/** Chance masses less 1 at loss 0, which comes first, the negative losses last; their mean; and the mass not at 0. */
function onGrid({ below, above }: PrivacyLoss, mesh: number, points: number) {
  const middle = points / 2;
  const edge = (i: number) => mesh * (i - 0.5);
  const [bottom, top] = [below(edge(-middle)), above(edge(middle))];
  const re = new Float64Array(points);
  let [mean, moved] = [0, 0];
  let [tail, rising] = [bottom, true]; // of the smaller side, for its digits
  for (let i = -middle; i < middle; i++) {
    let next = rising ? below(edge(i + 1)) : above(edge(i + 1));
    if (rising && next >= 0.5) [rising, tail, next] = [false, above(edge(i)), above(edge(i + 1))];
    const mass = Math.max(0, rising ? next - tail : tail - next) / (1 - bottom - top);
    tail = next;
    if (i === 0) continue;
    re[(i + points) % points] = mass;
    mean += i * mesh * mass;
    moved += mass;
  }
  re[0] = -moved;
  return { re, mean, moved };
}
