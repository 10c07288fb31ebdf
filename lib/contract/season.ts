import { z } from 'zod';
import { canonicalJson, digestOf, sha256 } from './canonical.ts';
import { DatasetCard, isOwnDataset } from './dataset-card.ts';
import { Gates } from './gates.ts';
import { Backend, Sha256, Slug } from './ids.ts';
import { Reference } from './report.ts';
import { Draw } from './suite.ts';

/** A season's name: a year and a month, and a letter for another one of that month. */
export const SeasonName = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])(-[b-z])?$/, 'want a year and a month, like 2026-12');
export type SeasonName = z.infer<typeof SeasonName>;

/**
 * `opening`: its draw is being crafted and calibrated. `open`: entries are taken. `closing`: none is any more, but
 * those taken are still computed. `closed`: all of it is public. It only goes forward.
 */
export const SeasonState = z.enum(['opening', 'open', 'closing', 'closed']);
export type SeasonState = z.infer<typeof SeasonState>;

/** What a season's data set is called on the site and in results: before the close nobody is told its name. */
export const hiddenDataset = 'hidden';

/** What a runner that holds a season's files offers, and a season's jobs want. */
export const seasonLabel = (season: string) => `season:${season}`;

/** So many entries of one author in a season. */
export const entriesPerAuthor = 2;

/** 32 random bytes in hex. */
const Secret = z.string().regex(/^[0-9a-f]{64}$/, 'want 64 hex digits');

/** One who can name it holds the season: only the machine that began an opening may end it. */
export const Holder = Secret;

/** What a season is committed to, before anybody may see it; sums of what is published at its close. */
export const Committed = z.strictObject({
  salt: Secret,
  /** What all draws descend from. Its data set is named here too. */
  draw: Draw,
  /** Of each file of the data set. */
  data: z.record(z.string(), Sha256),
  /** Of the built suite's manifest.json. */
  manifest: Sha256,
  /** Of the undefended numbers on each engine. */
  references: z.partialRecord(Backend, Sha256),
  gates: Sha256,
  scoring: z.int().positive(),
});
export type Committed = z.infer<typeof Committed>;

/**
 * The sha256 of the canonical JSON of all that a season is committed to. Its salt is secret until the close, so that
 * nobody can find the rest by trying.
 */
export async function commitmentOf(committed: Committed): Promise<Sha256> {
  return sha256(canonicalJson(Committed.parse(committed)));
}

/** How the sum of a reference or of the gates is taken: of its canonical JSON. */
export const sumOf = (value: Reference | Gates): Promise<Sha256> => sha256(canonicalJson(value));

/** What the close makes public, beside every result and every module. */
export const Disclosure = z.strictObject({
  committed: Committed,
  /** The day that its texts name. */
  published: z.iso.date(),
  references: z.array(Reference).min(1),
  gates: Gates,
  /** Of a data set of the organizer's own; its sum is `card.json` among those of the data. */
  card: DatasetCard.optional(),
});
export type Disclosure = z.infer<typeof Disclosure>;

/** The same without the undefended numbers, which are megabytes. */
export const Disclosed = Disclosure.omit({ references: true });
export type Disclosed = z.infer<typeof Disclosed>;

/** In what a disclosure is not what was committed to, in a sentence, or null. */
export async function disclosureDefect(
  commitment: string,
  { committed, references, gates, card }: Disclosure,
): Promise<string | null> {
  if ((await commitmentOf(committed)) !== commitment) return 'salt, seed and sums are not those of the commitment';
  if ((await sumOf(gates)) !== committed.gates) return 'the gates are not those of the commitment';
  if (
    (card && (await digestOf(card))) !== committed.data['card.json'] ||
    card?.id !== (isOwnDataset(committed.draw.dataset) ? committed.draw.dataset : undefined)
  )
    return 'the card of the data set is not that of the commitment';
  const sums = new Map<string, string>();
  for (const reference of references) sums.set(reference.engine.backend, await sumOf(reference));
  const engines = Object.entries(committed.references);
  if (references.length !== engines.length || engines.some(([engine, sum]) => sums.get(engine) !== sum))
    return 'the undefended numbers are not those of the commitment';
  return null;
}

/** What an organizer says of a season at its opening: one line, for its page. */
export const SeasonNote = z.string().trim().min(1, 'a text is wanted').max(300, 'at most 300 characters');

/** Begins an opening; the name is taken from then on. */
export const SeasonBegin = z.strictObject({
  name: SeasonName,
  plan: Slug,
  holder: Holder,
  /** Those that its opening will name: whether they can is told at the beginning, as hours lie between. */
  runners: z.array(z.uuid()).max(100).default([]),
});
export type SeasonBegin = z.input<typeof SeasonBegin>;

/** Opens it: what is published of it before its close. */
export const SeasonOpening = z.strictObject({
  name: SeasonName,
  holder: Holder,
  commitment: Sha256,
  /** Until when entries are taken, as announced. */
  closesAt: z.iso.datetime(),
  /** Whether an author sees numbers before the close. */
  shownAtOnce: z.boolean(),
  note: SeasonNote.nullish(),
  /** Which runners hold its files. */
  runners: z.array(z.uuid()).max(100),
  /** On which its undefended numbers were measured: entries are evaluated on one of these. */
  engines: z.array(Backend).min(1),
  /** Its undefended numbers, where authors see numbers before the close; they are public then. */
  references: z.array(Reference).optional(),
});
export type SeasonOpening = z.infer<typeof SeasonOpening>;

/**
 * By the machine that holds it: one more runner that holds its files, and why, after the opening. None is taken away.
 */
export const SeasonRunner = z.strictObject({
  name: SeasonName,
  holder: Holder,
  runner: z.uuid(),
  reason: z.string().trim().min(1, 'a reason is wanted').max(500, 'at most 500 characters'),
});
export type SeasonRunner = z.infer<typeof SeasonRunner>;

/** What anybody may know of a season. `disclosure` is null before its close. */
export const SeasonRecord = z.object({
  name: SeasonName,
  plan: Slug,
  state: SeasonState,
  commitment: Sha256.nullable(),
  shownAtOnce: z.boolean(),
  /** What its organizer says of it. */
  note: SeasonNote.nullable().default(null),
  /** Those that hold its files. `addedAt`, `reason`: of one that was named after the opening, else null. */
  runners: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      addedAt: z.iso.datetime().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  engines: z.array(Backend),
  begunAt: z.iso.datetime(),
  openedAt: z.iso.datetime().nullable(),
  closesAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  disclosure: Disclosure.nullable(),
});
export type SeasonRecord = z.infer<typeof SeasonRecord>;

/** The same as lists have it, without what the close made public. */
export const SeasonSummary = SeasonRecord.omit({ disclosure: true });
export type SeasonSummary = z.infer<typeof SeasonSummary>;

/** By the machine that holds it: its entries end. */
export const SeasonHeld = z.strictObject({ name: SeasonName, holder: Holder });

/** The same, with all that becomes public. `now`: also while entries that came in time are still computed. */
export const SeasonEnd = SeasonHeld.extend({ disclosure: Disclosure, now: z.boolean().default(false) });
export type SeasonEnd = z.infer<typeof SeasonEnd>;

/** What a reviewer may find. A rank is final once its entry was cleared; one that was refused has none. */
export const ReviewVerdict = z.enum(['cleared', 'refused']);
export type ReviewVerdict = z.infer<typeof ReviewVerdict>;

/** A reason, a note or an answer. */
export const SeasonText = z.string().trim().min(1, 'a text is wanted').max(2_000, 'at most 2,000 characters');
