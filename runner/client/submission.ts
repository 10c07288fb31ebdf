import type { z } from 'zod';
import { SubmissionJson } from '../../lib/contract/api.ts';
import { Scores } from '../../lib/contract/report.ts';
import { TrialResult } from '../../lib/contract/result.ts';

/**
 * What the command line reads of a submission. The rest of the site's answer is passed on as it came, fields that this
 * version does not know too.
 */
export const Submission = SubmissionJson.pick({ id: true, name: true, state: true, position: true, progress: true })
  .extend({
    // A site of an older version says neither.
    minutesLeft: SubmissionJson.shape.minutesLeft.default(null),
    waiting: SubmissionJson.shape.waiting.default(null),
    trials: TrialResult.pick({ scenario: true, budget: true, seed: true, outcome: true, detail: true }).loose().array(),
    scores: Scores.pick({ worst: true, mean: true, utility: true }).loose().nullable(),
  })
  .loose();
export type Submission = z.infer<typeof Submission>;

export const submissionPath = (id: string, suite?: string) =>
  `submissions/${encodeURIComponent(id)}${suite ? `?suite=${encodeURIComponent(suite)}` : ''}`;
