import { z } from 'zod';

const Estimate = z.looseObject({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number(),
});

/** What the command line reads of a submission; the rest of the site's answer is passed on as it came. */
export const Submission = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(['queued', 'running', 'scored', 'failed', 'stalled', 'withdrawn']),
  position: z.number().nullish(),
  progress: z.number().nullish(),
  trials: z
    .array(
      z.looseObject({
        scenario: z.string(),
        budget: z.number(),
        seed: z.number(),
        outcome: z.string(),
        detail: z.string().nullish(),
      }),
    )
    .default([]),
  scores: z.looseObject({ worst: Estimate.nullish(), mean: Estimate.nullish(), utility: Estimate.nullish() }).nullish(),
});
export type Submission = z.infer<typeof Submission>;

export const submissionPath = (id: string, suite?: string) =>
  `submissions/${encodeURIComponent(id)}${suite ? `?suite=${encodeURIComponent(suite)}` : ''}`;
