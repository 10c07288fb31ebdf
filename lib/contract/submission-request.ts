import { z } from 'zod';
import { Card } from './card.ts';
import { Report } from './report.ts';
import { LanguageId } from './runtime.ts';

/**
 * What the browser, the command line and the API send to submit a defense. The code's size is checked before anything
 * else.
 */
export const SubmissionRequest = z.strictObject({
  name: z.string().trim().min(1, 'a name is wanted').max(80, 'at most 80 characters'),
  suite: z.string(),
  code: z.string(),
  language: LanguageId.default('javascript'),
  card: Card.default(Card.parse({})),
  replaces: z.uuid('the id of a submission is wanted, as its address has it').optional().meta({
    description: 'One’s own submission that this is a new version of: the newest of its line',
  }),
  anonymousUntil: z.iso.date('a day like 2027-03-01 is wanted').optional().meta({
    description:
      'Until this day, UTC, nobody is told whose it is, nor the authors that its card names; at most two years',
  }),
  report: Report.optional().meta({
    description: 'What `evaluate --json` wrote of this very module on this suite: shown beside the runner’s numbers',
  }),
});
export type SubmissionRequest = z.infer<typeof SubmissionRequest>;
