import type { Suite } from '../../lib/benchmark/suite.ts';
import { drafts, suites } from '../../lib/benchmark/suites/index.ts';
import { UsageError } from '../errors.ts';

/** The published suite that the caller named. Throws UsageError with the known ones. */
export const knownSuite = (id: string): Suite => among(suites, id);

/** The same for what is done before a suite is published: drafts too. */
export const suiteInMaking = (id: string): Suite => among([...suites, ...drafts], id);

function among(known: readonly Suite[], id: string): Suite {
  const suite = known.find((one) => one.id === id);
  if (!suite) throw new UsageError(`There is no suite '${id}'; known: ${known.map((one) => one.id).join(', ')}.`);
  return suite;
}
