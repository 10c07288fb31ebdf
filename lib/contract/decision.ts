import { z } from 'zod';
import { CheckChoice } from './ids.ts';

/** Of an organizer, on a job about which two runners disagree. */
export const Decision = z.strictObject({
  job: z.uuid('the id of a job is wanted, as the page /integrity has it'),
  choice: CheckChoice,
  reason: z.string().trim().min(1, 'a reason is wanted').max(500),
});
export type Decision = z.infer<typeof Decision>;
