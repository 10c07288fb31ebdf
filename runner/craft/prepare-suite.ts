import { DatasetId } from '../../lib/catalog/datasets/index.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { ensureDataset } from '../datasets/index.ts';
import { dataPath } from '../host/places.ts';
import { ensureSuite } from './build.ts';

/**
 * Makes sure of a suite's data sets and its crafted attacks in ANTIDOTE_DATA. Throws HarnessFault, which says what to
 * do, or the signal's reason.
 */
export async function prepareSuite(
  suite: Suite,
  say: (what: string, fraction?: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await prepareDatasets(suite, say);
  await ensureSuite(suite, dataPath(), (fraction, what) => say(what, fraction), signal);
}

export async function prepareDatasets(suite: Suite, say: (what: string) => void): Promise<void> {
  const names = DatasetId.options.filter((name) => suite.scenarios.some(({ dataset }) => dataset === name));
  for (const name of names) await ensureDataset(name, dataPath(), say);
}
