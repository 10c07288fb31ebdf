import type { Host, ShapeDefense } from '../../lib/contract/defense.ts';
import { DefenseFailed } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { firstNotFinite, NotFinite, thrownInStep } from './finite.ts';
import { FlatGradient } from './gradient.ts';
import type { Network } from './network.ts';
import type { Optimizer } from './optimizer.ts';
import { type Batch, type Pass, passOf } from './pass.ts';
import { Step } from './step.ts';

/** What stays from step to step; `parameters` are moved in place. */
export type Course = {
  readonly network: Network;
  readonly parameters: Float32Array;
  readonly optimize: Optimizer;
  readonly shape: ShapeDefense['shape'];
  readonly expectedSize: number;
  /** Shown each step before the parameters move, for trusted code that measures; it changes nothing. */
  readonly observe?: ((pass: Pass) => void) | undefined;
};

/**
 * One step: forward and back, the gradient shaped, the parameters moved by it. Throws DefenseFailed where `shape`
 * returns no gradient, and NotFinite where the parameters then are not finite. Disposes the batch.
 */
export async function takeStep(
  course: Course,
  batch: Batch,
  index: number,
  learningRate: number,
  noise: Rng,
  host: Host,
): Promise<void> {
  const { network, parameters, optimize, shape, expectedSize, observe } = course;
  const pass = passOf(network, parameters, batch);
  const step = new Step(network, pass, noise, { index, expectedSize });
  try {
    observe?.(pass);
    const shaped = FlatGradient.termsOf(await shape(step, host));
    if (!shaped)
      throw new DefenseFailed(
        'bad-output',
        `shape returned no gradient at step ${index}: one that sum() or noise() gave is wanted`,
      );
    optimize(parameters, shaped, learningRate);
    if (firstNotFinite(parameters) >= 0)
      throw new NotFinite(
        'the step leaves weights that are not finite: the gradient or the learning rate is too large',
      );
  } catch (error) {
    thrownInStep(error, index);
    throw error;
  } finally {
    step.close();
  }
}
