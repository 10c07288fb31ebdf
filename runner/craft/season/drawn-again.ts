import { join } from 'node:path';
import { disclosureDefect, type SeasonRecord } from '../../../lib/contract/season.ts';
import type { Suite } from '../../../lib/contract/suite.ts';
import { HarnessFault, UsageError } from '../../errors.ts';
import { dataPath } from '../../host/places.ts';
import { buildSuite, type Progress } from '../build.ts';
import { findHeld } from './held-season.ts';
import { ensureSeasonData } from './own-data.ts';
import { craftedInSeason } from './probes/index.ts';
import { seasonSuite } from './season-suite.ts';

/** What the close of a season made public. Throws UsageError before it. */
export function requireClosed({ name, state, commitment, disclosure }: SeasonRecord) {
  if (disclosure !== null && commitment !== null) return { commitment, disclosure };
  throw new UsageError(`Season ${name} is ${state}; what it was drawn from is public once it is closed.`);
}

/**
 * The suite that a closed season was, with its seed and the name of its data set. Throws UsageError before the close,
 * HarnessFault where what was made public is not what was committed to.
 */
export async function disclosedSuite(season: SeasonRecord): Promise<Suite> {
  const { name } = season;
  const { commitment, disclosure } = requireClosed(season);
  const defect = await disclosureDefect(commitment, disclosure);
  if (defect) throw new HarnessFault(`What the site says season ${name} was can't be: ${defect}.`);
  const { committed, published, card } = disclosure;
  return { ...seasonSuite(name, committed.draw, published, card), digest: committed.manifest };
}

/**
 * Makes sure of the suite of a closed season on this machine: its own files where it held the season, else drawn again
 * among the public suites. Returns the folder that holds it. Throws HarnessFault where another suite comes out.
 */
export async function ensureDrawn(
  name: string,
  suite: Suite,
  { progress, say, signal }: { progress: Progress; say: (what: string) => void; signal: AbortSignal },
): Promise<string> {
  await ensureSeasonData(name, suite, say);
  const held = await findHeld(name);
  if (held?.suite.digest === suite.digest) return held.suites;
  const suites = dataPath('suites');
  await buildSuite(suite, join(suites, suite.id), dataPath('datasets'), progress, signal, craftedInSeason);
  return suites;
}
