import { z } from 'zod';
import { Sha256 } from './ids.ts';
import { Disclosure, SeasonRecord } from './season.ts';
import { SnapshotRow } from './snapshot.ts';

const Time = z.iso.datetime();

/**
 * A closed season, as it is committed under drizzle/seasons: what its close made public, and the runners that held its
 * files. The reference defenses that were entered are rows of the season's suite under drizzle/snapshots.
 */
export const SeasonSnapshot = z.strictObject({
  format: z.literal('antidote-season-1'),
  season: SeasonRecord.extend({
    state: z.literal('closed'),
    commitment: Sha256,
    openedAt: Time,
    closesAt: Time,
    closedAt: Time,
    disclosure: Disclosure,
  }),
  /** With the keys by which its results are checked. */
  runners: z.array(SnapshotRow.shape.runner).max(100),
});
export type SeasonSnapshot = z.infer<typeof SeasonSnapshot>;
