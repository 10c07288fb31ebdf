import 'server-only';
import { findGates } from '../catalog/suites/gates.ts';
import { findSuite, suites } from '../catalog/suites/index.ts';
import type { SuiteJson } from '../contract/api.ts';
import type { Suite } from '../contract/suite.ts';
import { AppError } from '../errors.ts';
import { suiteFiles } from '../suite-store.ts';

export async function suiteJson(suite: Suite): Promise<SuiteJson> {
  const { id, title, summary, recipe, ranked, digest, seeds, scenarios, rules, draw = null } = suite;
  const files = await suiteFiles(suite);
  return {
    id,
    title,
    summary,
    recipe,
    ranked,
    digest,
    seeds,
    scenarios,
    rules,
    draw,
    files: files && [...files],
    gates: findGates(suite),
  };
}

/** Throws `not-found` with the known ids. */
export function requireSuite(id: string): Suite {
  const suite = findSuite(id);
  if (!suite)
    throw new AppError('not-found', `There is no suite '${id}'; known: ${suites.map((known) => known.id).join(', ')}.`);
  return suite;
}
