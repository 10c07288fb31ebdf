import { UsageError } from '../errors.ts';
import { epsilonOf } from '../training/accountant.ts';

type Options = { samplingRate: number; noiseMultiplier: number; steps: number; delta: number; json?: boolean };

/** ε of that many steps of DP-SGD on Poisson samples, for adding or removing one example. */
export async function epsilon({ json, ...run }: Options): Promise<number> {
  if (run.samplingRate > 1) throw new UsageError(`--sampling-rate ${run.samplingRate}: want at most 1.`);
  if (run.delta >= 1) throw new UsageError(`--delta ${run.delta}: want less than 1.`);
  const rdp = epsilonOf(run);
  if (json) process.stdout.write(`${JSON.stringify({ rdp, prv: null })}\n`);
  else
    process.stdout.write(
      `ε = ${rdp.epsilon.toPrecision(7)} at δ = ${run.delta}, by RDP of order ${rdp.order}; adding or removing one example (replacing one counts twice)\n`,
    );
  return 0;
}
