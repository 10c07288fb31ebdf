import type { LabeledSet, ModelCard } from '../../lib/contract/defense.ts';
import type { DefenseKind } from '../../lib/contract/ids.ts';
import type { Runtime } from '../../lib/contract/runtime.ts';
import { trainsItsFilters } from '../../lib/contract/runtime.ts';
import type { Streams } from '../../lib/contract/task.ts';
import type { JailRun } from '../jail/jail.ts';
import { type JobFolder, jobFolderOf, writeJobFolder } from '../jail/job-folder.ts';
import { forkedStreams } from '../random/rng.ts';
import type { TrialContext } from './trial-context.ts';

export type Training = {
  readonly streams: Streams;
  readonly model: ModelCard;
  readonly train: LabeledSet;
  readonly kind: DefenseKind;
  readonly runtime: Runtime;
  readonly defense: JobFolder['defense'];
  /** Whether the weights after each epoch are wanted too. */
  readonly epochs: boolean;
};

/** One training run in a fresh jail over a fresh job folder. Both are gone afterwards. */
export async function trainInJail(
  { openJail }: Pick<TrialContext, 'openJail'>,
  training: Training,
  seconds: number,
): Promise<JailRun> {
  const jail = await openJail(training.runtime);
  try {
    writeJobFolder(jail.job, jobFolderOf(training));
    return await jail.run(seconds, streamsOfJail(training));
  } finally {
    await jail.close();
  }
}

/**
 * A filter whose weights a second jail trains with draws from forks of its own: one process can't hide its memory from
 * a module in Python, and what is not in it is not found.
 */
const streamsOfJail = ({ streams, kind, runtime, defense }: Training): Streams =>
  kind === 'filter' && 'code' in defense && !trainsItsFilters(runtime) ? forkedStreams(streams, 'filter') : streams;
