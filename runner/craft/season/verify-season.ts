import { join } from 'node:path';
import { disclosureDefect, type SeasonRecord } from '../../../lib/contract/season.ts';
import { datasetSums } from '../../datasets/index.ts';
import { harness } from '../../host/harness.ts';
import { dataPath } from '../../host/places.ts';
import { withScratch } from '../../host/scratch.ts';
import { craftSuite, type Progress } from '../build.ts';
import { requireClosed } from './drawn-again.ts';
import { ensureSeasonData } from './own-data.ts';
import { craftedInSeason } from './probes/index.ts';
import { seasonSuite } from './season-suite.ts';

/** One thing that was compared, in words. */
export type Finding = { readonly what: string; readonly ok: boolean };

/**
 * Draws a closed season anew, from what its close made public, and compares. Throws UsageError for a season that is not
 * closed, HarnessFault where its data can't be had, and the signal's reason.
 */
export async function verifySeason(
  season: SeasonRecord,
  { progress, say, signal }: { progress: Progress; say: (what: string) => void; signal: AbortSignal },
): Promise<Finding[]> {
  const { name } = season;
  const { commitment, disclosure } = requireClosed(season);
  const { committed, published, references, card } = disclosure;
  const defect = await disclosureDefect(commitment, disclosure);
  if (defect) return [{ what: defect, ok: false }];
  const suite = seasonSuite(name, committed.draw, published, card);
  await ensureSeasonData(name, suite, say);
  const sums = Object.entries(await datasetSums(committed.draw.dataset, dataPath('datasets')));
  const sameData =
    sums.length === Object.keys(committed.data).length && sums.every(([file, sum]) => committed.data[file] === sum);
  const digest = await withScratch((scratch) =>
    craftSuite(suite, join(scratch, suite.id), dataPath('datasets'), progress, signal, craftedInSeason),
  );
  const others = references.filter((reference) => reference.harness.digest !== harness().digest);
  return [
    { what: 'what was made public is what was committed to', ok: true },
    { what: `the data set ${committed.draw.dataset} here is the season's`, ok: sameData },
    {
      what:
        digest === committed.manifest
          ? `drawn anew it is the same suite: ${digest}`
          : `drawn anew it is ${digest}; the season's is ${committed.manifest}${others.length > 0 ? `, by harness ${others[0]!.harness.version}, which this is not` : ''}`,
      ok: digest === committed.manifest,
    },
  ];
}
