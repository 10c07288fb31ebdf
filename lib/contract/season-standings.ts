import { z } from 'zod';
import { EvaluationState, Outcome, RowKind, Sha256, Slug } from './ids.ts';
import { Estimate, Scores } from './report.ts';
import { ReviewVerdict, SeasonName, SeasonState } from './season.ts';

const Time = z.iso.datetime();

/** POST: which submission enters. */
export const EntryRequest = z.strictObject({
  submission: z.uuid('the id of a submission is wanted, as its address has it'),
});

/** A row of a season. */
export const EntryJson = z.object({
  id: z.uuid(),
  submission: z.uuid(),
  name: z.string(),
  author: z.string(),
  kind: RowKind,
  baseline: Slug.nullable(),
  late: z.boolean().meta({ description: 'It came after the end: scored, and not ranked' }),
  enteredAt: Time,
  withdrawn: z.object({ at: Time, reason: z.string() }).nullable(),
  review: ReviewVerdict.nullable().meta({
    description: 'Null while no organizer has reviewed it; before the close for organizers alone',
  }),
  openDisputes: z.int(),
  state: EvaluationState.nullable().meta({ description: 'Before the close for its author and the organizers alone' }),
  reasons: z
    .array(Outcome)
    .meta({ description: 'Of trials that were not scored; before the close for its author and the organizers alone' }),
  endedAt: Time.nullable().meta({
    description: 'When its last job ended; before the close the hour alone, for its author and the organizers',
  }),
  rank: z.tuple([z.int(), z.int()]).nullable().meta({ description: 'The places it may have; from the close on' }),
  tied: z.array(z.uuid()).meta({ description: 'Entries that it can’t be told apart from' }),
  scores: Scores.nullable().meta({
    description: 'From the close on; for its author before, where the season shows numbers at once',
  }),
  publicMean: Estimate.nullable().meta({
    description: 'Of the same submission on the public suite; from the close on',
  }),
  gap: Estimate.nullable().meta({ description: 'What it reaches more in public than in the season' }),
  flags: z.array(z.string()),
});
export type EntryJson = z.infer<typeof EntryJson>;

/** The board of a season. */
export const SeasonStandings = z.object({
  suite: z.object({ id: z.string(), digest: Sha256 }).nullable().meta({ description: 'Null before it opens' }),
  season: SeasonName,
  state: SeasonState,
  date: z.iso.date().nullable().meta({ description: 'The day of its close, UTC; null before' }),
  license: z.string(),
  rows: z.array(EntryJson),
});
export type SeasonStandings = z.infer<typeof SeasonStandings>;

/** What becomes of an entry at once. */
export const EntryAnswer = EntryJson.pick({ id: true, submission: true, name: true, late: true, enteredAt: true });
