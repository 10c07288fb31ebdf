import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabeledSet, ModelCard, Recipe } from '../../../lib/contract/defense.ts';
import type { DefenseKind } from '../../../lib/contract/ids.ts';
import { type JobFolder, writeJobFolder } from '../../../runner/jail/job-folder.ts';
import { rootOf, streamsOf } from '../../../runner/random/rng.ts';
import { modelCard } from '../../../runner/train/models/index.ts';

const recipe: Recipe = {
  id: 'tiny',
  optimizer: 'sgd',
  momentum: 0.9,
  learningRate: 0.1,
  schedule: 'cosine',
  weightDecay: 0,
  sampling: 'poisson',
  batchSize: 32,
  steps: 30,
};

/** 300 rows of 4 × 4 pixels in three classes, each brighter in its own third: learned in a moment. */
export function tinySet(seed: number): LabeledSet {
  const rng = rootOf(`tiny ${seed}`);
  const [n, size, classes] = [300, 16, 3];
  const y = Int32Array.from({ length: n }, () => rng.below(classes));
  const x = Uint8Array.from(
    { length: n * size },
    (_, i) => rng.below(100) + ((i % size) % classes === y[Math.floor(i / size)] ? 120 : 0),
  );
  return { n, classes, shape: [4, 4, 1], scale: 255, x, y };
}

export const tinyModel: ModelCard = modelCard('lr', [4, 4, 1], 3, recipe);

/** The network of convolutions for the same rows. */
export const tinyCnn: ModelCard = modelCard('cnn', [4, 4, 1], 3, recipe);

/** What training on them draws from. */
export const tinyStreams = streamsOf('tiny', 'lr', 0);

/** A job folder for this module, or for row weights in its place. Call `remove` when done. */
export function tinyJob(
  defense: JobFolder['defense'],
  kind: DefenseKind,
  model = tinyModel,
  epochs = false,
): { job: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-tiny-'));
  const train = tinySet(0);
  const { n, classes, shape, scale } = train;
  const task = {
    format: 'antidote-task-2',
    kind,
    n,
    classes,
    shape: [...shape],
    scale,
    model: structuredClone(model),
    ...(epochs && { epochs }),
  };
  writeJobFolder(folder, { task: task as JobFolder['task'], train, init: null, defense });
  return { job: folder, remove: () => rmSync(folder, { recursive: true }) };
}
