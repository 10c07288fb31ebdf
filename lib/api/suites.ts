import 'server-only';
import { seasonOfSuite } from '../catalog/seasons.ts';
import { findGates } from '../catalog/suites/gates.ts';
import { findSuite, suites } from '../catalog/suites/index.ts';
import type { SuiteJson } from '../contract/api.ts';
import type { Suite } from '../contract/suite.ts';
import { findDrawn } from '../db/seasons.ts';
import { AppError } from '../errors.ts';
import { type StoredSuite, suiteFiles } from '../suite-store.ts';

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

/**
 * A suite whose files may be told: a published one, or a closed season's. Throws `not-found`, of a season that is not
 * closed in the words that answer for one that there is not.
 */
export async function requireStored(id: string): Promise<StoredSuite> {
  const season = seasonOfSuite(id);
  const drawn = season === null ? null : await findDrawn(season);
  return drawn?.id === id ? drawn : requireSuite(id);
}
