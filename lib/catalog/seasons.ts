import { hiddenDataset } from '../contract/season.ts';
import type { Suite } from '../contract/suite.ts';
import { type PlanId, plans, suiteOf } from './plans/index.ts';
import { withProbes } from './probes.ts';
import { findSuite, mainSuite, suites } from './suites/index.ts';

/** The id of a season's suite. It names the plan, so that whoever has the id knows the trials. */
export const seasonSuiteId = (plan: string, season: string) => `season-${plan}-${season}`;

const ids = /^season-([a-z]+)-(\d{4}-\d{2}(?:-[b-z])?)$/;
/** The name of the season that a suite of this id is, or null. */
export const seasonOfSuite = (id: string): string | null => ids.exec(id)?.[2] ?? null;

const unknownDigest = `sha256:${'0'.repeat(64)}` as const;

const known = new Map<string, Suite>();

/**
 * A season's suite as the site knows it, before the close and after: by its plan and the probes alone. Its data set is
 * called `hidden` and it names no seed. Its digest is the season's commitment; without one it is zeros. Undefined where
 * the id is no season's or names a plan that there is not. The same call returns the same object: what is computed of a
 * suite is kept by it (scoring/references.ts).
 */
export function findSeasonSuite(id: string, commitment: Suite['digest'] = unknownDigest): Suite | undefined {
  const [, plan = '', season = ''] = ids.exec(id) ?? [];
  if (!Object.hasOwn(plans, plan)) return undefined;
  const key = `${id} ${commitment}`;
  const suite = known.get(key) ?? shownSuite(id, plan as PlanId, season, commitment);
  known.set(key, suite);
  return suite;
}

function shownSuite(id: string, plan: PlanId, season: string, digest: Suite['digest']): Suite {
  const { draw: _, ...suite } = suiteOf(plan, hiddenDataset, '', {
    id,
    title: `Season ${season}`,
    summary: `Plan ${plan}, drawn from a secret seed on data that no public suite of the plan uses.`,
    published: `${season.slice(0, 7)}-01`,
    after: null,
    digest,
  });
  return withProbes(suite, hiddenDataset);
}

/** The published suite that a season's public scores are those of. */
export const publicSuiteOf = ({ plan }: { readonly plan: string }): Suite =>
  suites.findLast(({ draw }) => draw?.plan === plan) ?? mainSuite;

/** What an evaluation may be on: a published suite, or a season's. A season's digest is in the evaluation's own row. */
export const suiteOfEvaluation = (id: string, digest?: Suite['digest']): Suite | undefined =>
  findSuite(id) ?? findSeasonSuite(id, digest);
