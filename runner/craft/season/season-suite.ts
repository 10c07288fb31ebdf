import { type PlanId, planNamed, suiteOf } from '../../../lib/catalog/plans/index.ts';
import { withProbes } from '../../../lib/catalog/probes.ts';
import { seasonSuiteId } from '../../../lib/catalog/seasons.ts';
import { digestOf } from '../../../lib/contract/canonical.ts';
import { type DatasetCard, isOwnDataset } from '../../../lib/contract/dataset-card.ts';
import type { Draw, Suite } from '../../../lib/contract/suite.ts';
import { findCard } from '../../datasets/own.ts';
import { HarnessFault } from '../../errors.ts';
import { dataPath } from '../../host/places.ts';
import { requireSecret, type SeasonSecret, seasonPath } from './secret.ts';

/** Before it is built. */
const unbuilt = `sha256:${'0'.repeat(64)}` as const;

/**
 * The suite that a season is: its plan's draw, with the probes. The digest comes with the build. `card`: of a data set
 * of the organizer's own. Throws RangeError for an unknown plan.
 */
export function seasonSuite(
  season: string,
  { plan, dataset, seed }: Draw,
  published: string,
  card?: DatasetCard | null,
): Suite {
  planNamed(plan);
  const suite = suiteOf(plan as PlanId, dataset, seed, {
    id: seasonSuiteId(plan, season),
    title: `Season ${season}`,
    summary: `Plan ${plan}, drawn from a seed that was secret until the season's close, on data that no public suite of the plan uses.`,
    published,
    after: null,
    digest: unbuilt,
  });
  return withProbes({ ...suite, ...(card && { card }) }, dataset);
}

const mark = 'season:';

/** How a process is told of a season: by its name, as its seed must not stand on a command line. */
export const seasonWords = (season: string) => `${mark}${season}`;

/** The suite of the season that the words name, from this machine's files; null for other words. Throws UsageError. */
export async function seasonSuiteNamed(words: string): Promise<Suite | null> {
  if (!words.startsWith(mark)) return null;
  const secret = await requireSecret(words.slice(mark.length));
  return seasonSuite(secret.name, secret.draw, secret.published, await keptCard(secret));
}

/**
 * Of the organizer's own data set that a season is drawn on; null for one of the list. Throws HarnessFault where it is
 * not the card that the season was begun with.
 */
export async function keptCard({ name, draw, card: sum }: SeasonSecret): Promise<DatasetCard | null> {
  if (!isOwnDataset(draw.dataset)) return null;
  const card = await findCard(draw.dataset, dataPath('datasets'));
  if (!card || (await digestOf(card)) !== sum)
    throw new HarnessFault(
      `${draw.dataset} in ${dataPath('datasets')} is not the data set that season ${name} was begun on; 'season open' with its folder puts it there.`,
    );
  return card;
}

/** The folder that holds the season's built suite under its id. */
export const seasonSuites = (season: string) => seasonPath(season, 'suites');
