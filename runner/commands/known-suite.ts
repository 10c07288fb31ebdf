import { seasonOfSuite } from '../../lib/catalog/seasons.ts';
import { drafts, suites } from '../../lib/catalog/suites/index.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { prepareDatasets } from '../craft/prepare-suite.ts';
import { ensurePrivate, isSuiteFile, type LoadedSuite, loadSuite } from '../craft/private-suite.ts';
import { UsageError } from '../errors.ts';
import { interrupted } from '../terminal/interrupt.ts';
import type { Progress } from '../terminal/progress.ts';

/** The suite that the caller named, a draft too. Throws UsageError with the published ones. */
export function knownSuite(id: string): Suite {
  const suite = [...suites, ...drafts].find((one) => one.id === id);
  const season = seasonOfSuite(id);
  if (season)
    throw new UsageError(
      `${id} is season ${season}: 'npx antidote season verify ${season}' draws it once it is closed.`,
    );
  if (!suite) throw new UsageError(`There is no suite '${id}'; known: ${suites.map((one) => one.id).join(', ')}.`);
  return suite;
}

/** An attack of one's own runs in a suite of one's own alone. */
function refuseAttack(attack: string | undefined): void {
  if (attack !== undefined)
    throw new UsageError('--attack goes with a suite file of your own: a published suite has its attacks.');
}

/** A suite file of the caller's own, read and checked; null for the name of a published suite. */
export async function ownSuite(words: string, attack: string | undefined): Promise<LoadedSuite | null> {
  if (isSuiteFile(words)) return loadSuite(words, attack ?? null);
  refuseAttack(attack);
  return null;
}

/** The same with its data sets and its poison on this machine. Says which code of the caller's it runs. */
export async function prepareOwn(own: LoadedSuite, progress: Progress): Promise<Suite> {
  if (own.attackFile !== null)
    progress.say(`${own.attackFile} runs on this machine without a jail: it is your own code, and trusted.`);
  await prepareDatasets(own.suite, progress.say);
  return ensurePrivate(own, progress.update, interrupted);
}
