import type { Suite } from '../../contract/suite.ts';
import { core1 } from './core-1.ts';
import { smoke1 } from './smoke-1.ts';

/**
 * Every published suite, each with its references and gates committed beside it. The first one is what every submission
 * runs first.
 */
export const suites: readonly Suite[] = [smoke1, core1];

/** The suite that the site is about: the newest ranked one, or while there is none the newest of all. */
export const mainSuite: Suite = suites.find(({ ranked }) => ranked) ?? suites[0]!;

/** The published suite of that id, or undefined. */
export const findSuite = (id: string): Suite | undefined => suites.find((suite) => suite.id === id);

/** The same, but throws RangeError with the known ids. */
export function suiteNamed(id: string): Suite {
  const suite = findSuite(id);
  if (!suite) throw new RangeError(`there is no suite '${id}'; known: ${suites.map((one) => one.id).join(', ')}`);
  return suite;
}
