import type { Suite } from '../suite.ts';
import { core1 } from './core-1.ts';
import { smoke1 } from './smoke-1.ts';

/** Every published suite. The first one is what every submission runs first. */
export const suites: readonly Suite[] = [smoke1, core1];

/** The suite of that id, or undefined. */
export const findSuite = (id: string): Suite | undefined => suites.find((suite) => suite.id === id);

/** The suite of that id. Throws RangeError with the known ids. */
export function suiteNamed(id: string): Suite {
  const suite = findSuite(id);
  if (!suite) throw new RangeError(`there is no suite '${id}'; known: ${suites.map((known) => known.id).join(', ')}`);
  return suite;
}
