import { z } from 'zod';
import { ResultEnvelope } from './dsse.ts';
import { Sha256, Slug } from './ids.ts';
import { Engine, TrialResult } from './result.ts';
import { SeasonName } from './season.ts';
import { EntryJson } from './season-standings.ts';
import { SnapshotRow } from './snapshot.ts';

const Share = z.number();

/** What an entry gave where an honest one can know little or nothing. */
const Probe = z.object({
  probe: Slug,
  what: z.string().meta({ description: 'What the values are shares of' }),
  flag: z.string().meta({ description: 'What its row is marked with where the mean is above the limit' }),
  values: z.array(z.object({ seed: z.int(), value: Share, undefended: Share.nullable() })),
  mean: Share.meta({ description: 'Of the values; less the undefended ones, where there are such' }),
  limit: Share,
});

/** A result as its runner signed it, and the key by which that is checked. */
export const SignedResult = z.object({ runner: SnapshotRow.shape.runner, envelope: ResultEnvelope });
export type SignedResult = z.infer<typeof SignedResult>;

/** A row of a closed season, and every number that it follows from. Of a withdrawn one there are none. */
export const SeasonEntryJson = EntryJson.extend({
  season: SeasonName,
  suite: z.object({ id: z.string(), digest: Sha256 }),
  license: z.string(),
  harness: z.object({ digest: Sha256 }).nullable(),
  engine: Engine.nullable(),
  trials: z.array(TrialResult),
  probes: z.array(Probe).meta({ description: 'The honesty probes; in no score' }),
  results: z.array(SignedResult).meta({ description: 'What the trials were read from, one for each job' }),
});
export type SeasonEntryJson = z.infer<typeof SeasonEntryJson>;
