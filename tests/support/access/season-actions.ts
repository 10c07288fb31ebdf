import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { enterSeason } from '../../../lib/db/season-entries.ts';
import { disputeEntry } from '../../../lib/db/season-reviews.ts';
import { openedSeason, submissionOf } from '../season.ts';
import { type ActionRow, anybody, finds } from './actions.ts';
import type { Cast } from './callers.ts';

let seasons = 0;
const nextSeason = () => `${2200 + Math.floor(seasons / 12)}-${String(1 + (seasons++ % 12)).padStart(2, '0')}`;
const before = { problem: null, done: null, sent: {} };

/** An entry of the owner's in a season of its own. */
async function entryOf({ owner }: Cast): Promise<string> {
  const { name } = await openedSeason(nextSeason());
  return (await enterSeason(owner, await submissionOf(owner), name)).id;
}

/** The buttons of seasons. */
export const seasonActionRows: Readonly<Record<string, ActionRow>> = {
  'seasons/actions.ts enter': {
    asks: async ({ owner }) => {
      const [{ name }, submission] = [await openedSeason(nextSeason()), await submissionOf(owner)];
      const done = finds(sql`select 1 from season_entries where season = ${name}`);
      return { before, form: { season: name, submission, sure: 'on' }, done };
    },
    may: ['owner'],
  },
  'seasons/actions.ts withdrawFromSeason': {
    asks: async (cast) => {
      const entry = await entryOf(cast);
      const done = finds(sql`select 1 from season_entries where id = ${entry}::uuid and withdrawn_at is not null`);
      return { before, form: { entry, text: 'A mistake.', sure: 'on' }, done };
    },
    may: ['owner', 'organizer'],
  },
  'seasons/actions.ts review': {
    asks: async (cast) => {
      const entry = await entryOf(cast);
      const done = finds(sql`select 1 from season_reviews where entry_id = ${entry}::uuid`);
      return { before, form: { entry, verdict: 'cleared', text: 'Read.' }, done };
    },
    may: ['organizer'],
  },
  'seasons/actions.ts dispute': {
    asks: async (cast) => {
      const [entry, text] = [await entryOf(cast), randomUUID()];
      return { before, form: { entry, text }, done: finds(sql`select 1 from season_disputes where reason = ${text}`) };
    },
    may: anybody,
  },
  'seasons/actions.ts answer': {
    asks: async (cast) => {
      const dispute = await disputeEntry(cast.other, await entryOf(cast), 'It is mine.');
      const done = finds(sql`select 1 from season_disputes where id = ${dispute}::uuid and answer is not null`);
      return { before, form: { dispute, text: 'It is not.' }, done };
    },
    may: ['organizer'],
  },
};
