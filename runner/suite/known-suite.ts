import type { Suite } from '../../lib/benchmark/suite.ts';
import { findSuite, suites } from '../../lib/benchmark/suites/index.ts';
import { UsageError } from '../errors.ts';

/** The suite that the caller named. Throws UsageError with the known ones. */
export function knownSuite(id: string): Suite {
  const suite = findSuite(id);
  if (!suite) throw new UsageError(`There is no suite '${id}'; known: ${suites.map((one) => one.id).join(', ')}.`);
  return suite;
}
