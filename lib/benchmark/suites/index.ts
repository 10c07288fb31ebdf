import type { Suite } from '../suite.ts';
import { core1 } from './core-1.ts';
import { smoke1 } from './smoke-1.ts';

/** Every published suite. The first one is what every submission runs first. */
export const suites: readonly Suite[] = [smoke1];

/** Suites in the making: they can be built, calibrated and tested by their gates, and are published once references and gates are committed. */
export const drafts: readonly Suite[] = [core1];

/** The suite that the site is about: the newest ranked one, or while there is none the newest of all. */
export const mainSuite: Suite = suites.find(({ ranked }) => ranked) ?? suites[0]!;

/** The published suite of that id, or undefined. */
export const findSuite = (id: string): Suite | undefined => suites.find((suite) => suite.id === id);

/** The suite of that id, drafts included. Throws RangeError with the known ids. */
export function suiteNamed(id: string): Suite {
  const known = [...suites, ...drafts];
  const suite = known.find((one) => one.id === id);
  if (!suite) throw new RangeError(`there is no suite '${id}'; known: ${known.map((one) => one.id).join(', ')}`);
  return suite;
}
