import { findSuite, suites } from '../../lib/catalog/suites/index.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { UsageError } from '../errors.ts';

/** The suite that the caller named. Throws UsageError with the known ones. */
export function knownSuite(id: string): Suite {
  const suite = findSuite(id);
  if (!suite) throw new UsageError(`There is no suite '${id}'; known: ${suites.map((one) => one.id).join(', ')}.`);
  return suite;
}
