import { tell } from '../terminal/tell.ts';
import { epsilonOf, isLastOrder, type Spent } from '../train/accountant.ts';
import { type EpsilonBounds, epsilonBounds } from '../train/prv.ts';

type Options = { samplingRate: number; noiseMultiplier: number; steps: number; delta: number; json?: boolean };

/**
 * ε of that many steps of DP-SGD on Poisson samples, for adding or removing one example; where the tight accountant
 * can't say, Rényi's alone, and why.
 */
export async function epsilon({ json, ...run }: Options): Promise<number> {
  const rdp = epsilonOf(run);
  const prv = boundsOf(run);
  if (json) {
    tell(JSON.stringify({ rdp, prv: typeof prv === 'string' ? null : prv }));
    return 0;
  }
  tell(
    `${lineOfRdp(rdp)}\n${lineOfPrv(prv)}\nat δ = ${run.delta}, adding or removing one example (replacing one counts twice)`,
  );
  return 0;
}

function lineOfRdp({ epsilon, order }: Spent): string {
  const last = isLastOrder(order) ? ', the last order that is tried: another might give less' : '';
  return epsilon === 0
    ? 'ε = 0 by RDP: δ alone covers it'
    : `ε = ${epsilon.toPrecision(7)} by RDP of order ${order}${last}`;
}

function lineOfPrv(prv: EpsilonBounds | string): string {
  if (typeof prv === 'string') return `no ε by PRV: ${prv}`;
  const [lower, middle, upper] = [prv.lower, prv.epsilon, prv.upper].map((value) => value.toPrecision(7));
  return `ε = ${middle} by PRV, proven between ${lower} and ${upper}`;
}

/** The sentence in place of bounds says why there are none. */
function boundsOf(run: Omit<Options, 'json'>): EpsilonBounds | string {
  try {
    return epsilonBounds(run);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return error.message;
  }
}
