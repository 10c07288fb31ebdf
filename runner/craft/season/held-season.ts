import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commitmentOf, SeasonName } from '../../../lib/contract/season.ts';
import type { Suite } from '../../../lib/contract/suite.ts';
import { dataPath } from '../../host/places.ts';
import { isBuilt } from '../build.ts';
import { findMade, wholeOf } from './make-season.ts';
import { isKept } from './own-data.ts';
import { seasonSuite, seasonSuites } from './season-suite.ts';

/** A season whose files lie on this machine. */
export type HeldSeason = {
  readonly commitment: string;
  /** With its seed and the name of its data set. */
  readonly suite: Suite;
  /** The folder that holds it built. */
  readonly suites: string;
};

/** The names of the seasons that this machine seems to hold: `findHeld` looks whether it does. */
export const namesHeld = (): string[] =>
  existsSync(dataPath('seasons'))
    ? readdirSync(dataPath('seasons')).filter((name) => SeasonName.safeParse(name).success && seemsWhole(name))
    : [];

const seemsWhole = (season: string) =>
  existsSync(wholeOf(season)) &&
  existsSync(seasonSuites(season)) &&
  readdirSync(seasonSuites(season)).some((id) => existsSync(join(seasonSuites(season), id, 'manifest.json')));

/** The season as this machine holds it, or null where its files are not all there. */
export async function findHeld(season: string): Promise<HeldSeason | null> {
  const made = await findMade(season);
  if (!made) return null;
  const { committed, published, card } = made;
  const suite = { ...seasonSuite(season, committed.draw, published, card), digest: committed.manifest };
  if (card && !(await isKept(card))) return null;
  const suites = seasonSuites(season);
  if (!(await isBuilt(suite, join(suites, suite.id)))) return null;
  return { commitment: await commitmentOf(committed), suite, suites };
}
