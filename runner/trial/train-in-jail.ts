import type { LabeledSet, ModelCard } from '../../lib/contract/defense.ts';
import type { DefenseKind } from '../../lib/contract/ids.ts';
import type { TrialSpec } from '../../lib/contract/suite.ts';
import type { JailKind, JailRun, OpenJail } from '../jail/jail.ts';
import { type JobFolder, writeJobFolder } from '../jail/job-folder.ts';
import { streamsOf } from '../random/rng.ts';
import type { OpenEngine } from '../train/tf.ts';

/** Where and with what trials are trained. */
export type Workshop = {
  /** Opened in this process for scoring; the guest opens the same backend for itself. */
  readonly engine: OpenEngine;
  readonly jail: JailKind;
  /** A fresh one for every run, with the default limits and the workshop's signal. */
  readonly openJail: () => Promise<OpenJail>;
  /** Kills the jails at once. */
  readonly signal?: AbortSignal;
};

export type Training = {
  readonly spec: TrialSpec;
  readonly model: ModelCard;
  readonly train: LabeledSet;
  readonly kind: DefenseKind;
  readonly defense: JobFolder['defense'];
  /** Whether the weights after each epoch are wanted too. */
  readonly epochs: boolean;
};

/**
 * One training run in a fresh jail over a fresh job folder, both gone afterwards. Nothing in the folder names suite,
 * scenario, budget or seed.
 */
export async function trainInJail({ openJail }: Workshop, training: Training, seconds: number): Promise<JailRun> {
  const { spec, model, train, kind, defense, epochs } = training;
  const { n, classes, shape, scale } = train;
  const { id, layers, weights, recipe } = model;
  const card = {
    id,
    shape: [...model.shape],
    layers: [...layers],
    weights: weights.map(({ name, shape: size }) => ({ name, shape: [...size] })),
    recipe,
  };
  const streams = streamsOf(spec.dataset, spec.model, spec.seed);
  const room = await openJail();
  try {
    writeJobFolder(room.job, {
      task: {
        format: 'antidote-task-1',
        kind,
        n,
        classes,
        shape: [...shape],
        scale,
        model: card,
        ...(epochs && { epochs }),
        streams,
      },
      train,
      init: null,
      defense,
    });
    return await room.run(seconds);
  } finally {
    await room.close();
  }
}
