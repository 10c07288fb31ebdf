import type { Suite } from '../../contract/suite.ts';
import { core1 } from './core-1.ts';
import { core2 } from './core-2.ts';
import { smoke1 } from './smoke-1.ts';
import { smoke2 } from './smoke-2.ts';
import { tuning2 } from './tuning-2.ts';
import { vision1 } from './vision-1.ts';

/**
 * Every published suite, each with its references and gates committed beside it. The first one is what `npm start`
 * evaluates the reference defenses on.
 */
export const suites: readonly Suite[] = [smoke1, core1, smoke2, core2];

/**
 * Suites that the command line builds, calibrates and tests, and the site knows nothing of: the one that parameters are
 * chosen on, and any that still lacks a reference. To publish one, move it to the end of the list above.
 */
export const drafts: readonly Suite[] = [tuning2, vision1];

/** Published suites that another one is to be used instead of, once it is published too: which, and why. */
const successors: Readonly<Record<string, { readonly by: string; readonly because: string }>> = {
  'smoke-1': { by: 'smoke-2', because: 'its labels give the attack away' },
  'core-1': { by: 'core-2', because: 'its labels give the attack away' },
};

/** What a suite is superseded by, among the published ones, and why; else null. */
export function successorOf({ id }: Suite): { readonly by: string; readonly because: string } | null {
  const successor = successors[id];
  return successor && findSuite(successor.by) ? successor : null;
}

/** The published suite of that id, or undefined. */
export const findSuite = (id: string): Suite | undefined => suites.find((suite) => suite.id === id);

/** Ranked suites whose first reference rows came with the software (drizzle/snapshots): no empty board is in front. */
const withTable: readonly string[] = ['core-1', 'core-2'];

/** The suite that the site is about: the newest of these, or while there is none the first of all. */
export const mainSuite: Suite = suites.findLast(({ id }) => withTable.includes(id)) ?? suites[0]!;

/** The suite of that id, published or a draft. Throws RangeError with the known ids. */
export function suiteNamed(id: string): Suite {
  const all = [...suites, ...drafts];
  const suite = all.find((one) => one.id === id);
  if (!suite) throw new RangeError(`there is no suite '${id}'; known: ${all.map((one) => one.id).join(', ')}`);
  return suite;
}
