import { trainsItsFilters } from '../../lib/contract/runtime.ts';
import { DefenseFailed } from '../errors.ts';
import type { JailLimits, JailRun } from '../jail/jail.ts';
import { weighedRowsFrom } from '../jail/outcome.ts';
import { type Training, trainInJail } from './train-in-jail.ts';
import type { TrialContext } from './trial-context.ts';

/**
 * The training of a trial. Where the guest only weighs the rows of a filter, a second jail trains with them on the
 * suite's usual engine; time counts in both, and both together may take the limit.
 */
export async function trainDefended(
  context: Pick<TrialContext, 'openJail'>,
  training: Training,
  limits: JailLimits,
): Promise<JailRun> {
  const run = await trainInJail(context, training, limits.seconds);
  if (training.kind !== 'filter' || trainsItsFilters(training.runtime)) return run;
  const rowWeights = weighedRows(run, limits, training.train.n);
  if (rowWeights instanceof DefenseFailed) return { ...run, out: rowWeights };
  const trained = await trainInJail(
    context,
    { ...training, runtime: 'javascript', defense: { rowWeights } },
    limits.seconds - run.seconds,
  );
  return {
    ...trained,
    log: run.log + trained.log,
    seconds: run.seconds + trained.seconds,
    peakBytes: run.peakBytes && trained.peakBytes && Math.max(run.peakBytes, trained.peakBytes),
  };
}

/** Of a run that left none, what is to be said of it. */
function weighedRows(run: JailRun, limits: JailLimits, n: number): Float32Array | DefenseFailed {
  try {
    return weighedRowsFrom(run, limits, n);
  } catch (error) {
    if (error instanceof DefenseFailed) return error;
    throw error;
  }
}
