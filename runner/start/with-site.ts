import { otherHolder } from '../client/data-holder.ts';
import { adviceOnData, choresSecretFile, siteOfData } from '../client/local-site.ts';
import { HarnessFault } from '../errors.ts';
import { buildSite } from './build-site.ts';
import { end } from './end.ts';
import { requireFreePort } from './free-port.ts';
import { holdData } from './hold-data.ts';
import { secretIn } from './secrets.ts';
import { siteAnswers, startSite } from './site-process.ts';

/**
 * Does the work with the site that runs on the data folder. Where none does, one is started for the work alone: pages
 * and database, without a runner, and nothing is put on its board.
 */
export async function withSite<Result>(
  say: (what: string) => void,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  if (await siteAnswers(siteOfData())) return work();
  if (otherHolder()) throw new HarnessFault(`No answer from ${siteOfData()}. ${adviceOnData()}`);
  await holdData();
  await requireFreePort();
  await buildSite(say, signal);
  await secretIn(choresSecretFile());
  const site = await startSite(say, signal);
  try {
    return await work();
  } finally {
    await end(site, 400);
  }
}
