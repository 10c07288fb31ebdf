import { UsageError } from '../errors.ts';
import { epsilonOf } from '../train/accountant.ts';
import { type EpsilonBounds, epsilonBounds } from '../train/prv.ts';

type Options = { samplingRate: number; noiseMultiplier: number; steps: number; delta: number; json?: boolean };

/**
 * ε of that many steps of DP-SGD on Poisson samples, for adding or removing one example; where the tight accountant
 * can't say, Rényi's alone, and why.
 */
export async function epsilon({ json, ...run }: Options): Promise<number> {
  if (run.samplingRate > 1) throw new UsageError(`--sampling-rate ${run.samplingRate}: want at most 1.`);
  if (run.delta >= 1) throw new UsageError(`--delta ${run.delta}: want less than 1.`);
  const rdp = epsilonOf(run);
  const prv = boundsOf(run);
  if (json) {
    process.stdout.write(`${JSON.stringify({ rdp, prv })}\n`);
    return 0;
  }
  const rows = [`ε = ${rdp.epsilon.toPrecision(7)} by RDP of order ${rdp.order}`];
  if (prv)
    rows.push(
      `ε = ${prv.epsilon.toPrecision(7)} by PRV, proven between ${prv.lower.toPrecision(7)} and ${prv.upper.toPrecision(7)}`,
    );
  process.stdout.write(
    `${rows.join('\n')}\nat δ = ${run.delta}, adding or removing one example (replacing one counts twice)\n`,
  );
  return 0;
}

function boundsOf(run: Omit<Options, 'json'>): EpsilonBounds | null {
  try {
    return epsilonBounds(run);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`By PRV there is no number: ${error.message}.\n`);
    return null;
  }
}
