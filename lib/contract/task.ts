import { z } from 'zod';
import { DefenseKind } from './ids.ts';

const Stream = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a training draws from: one-way forks of (dataset, model, seed) and, where the suite is drawn, its seed; 32 bytes
 * each in hex. The guest is told them on its standard input. They lie in no file that a module could open.
 */
export const Streams = z.strictObject({ init: Stream, batches: Stream, noise: Stream, random: Stream });
export type Streams = z.infer<typeof Streams>;

/** The job folder's `task.json`. Nothing in it names suite, scenario, budget or the trial's seed. */
export const TaskFile = z.strictObject({
  format: z.literal('antidote-task-2'),
  kind: DefenseKind,
  n: z.int().positive(),
  classes: z.int().min(2),
  shape: z.array(z.int().positive()),
  scale: z.number().positive(),
  model: z.strictObject({
    id: z.string(),
    shape: z.array(z.int().positive()),
    layers: z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('dense'), units: z.int().positive(), activation: z.enum(['relu', 'linear']) }),
        z.strictObject({ kind: z.literal('conv'), units: z.int().positive(), activation: z.literal('relu') }),
        z.strictObject({ kind: z.literal('maxpool') }),
        z.strictObject({ kind: z.literal('conv-norm'), units: z.int().positive(), activation: z.literal('relu') }),
        z.strictObject({ kind: z.literal('add'), back: z.int().positive() }),
        z.strictObject({ kind: z.literal('globalpool') }),
      ]),
    ),
    weights: z.array(z.strictObject({ name: z.string(), shape: z.array(z.int().positive()) })),
    recipe: z.strictObject({
      id: z.string(),
      optimizer: z.enum(['sgd', 'adam']),
      momentum: z.number(),
      learningRate: z.number(),
      schedule: z.enum(['constant', 'cosine']),
      weightDecay: z.number(),
      sampling: z.enum(['poisson', 'shuffle']),
      batchSize: z.int().positive(),
      steps: z.int().positive(),
    }),
  }),
  /**
   * Whether the weights after each epoch are wanted too. Asked of all trials of an evaluation alike: it must tell
   * nothing of the trial.
   */
  epochs: z.boolean().optional(),
});
export type TaskFile = z.infer<typeof TaskFile>;
