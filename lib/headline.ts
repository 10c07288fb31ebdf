import 'server-only';
import { findSuite } from './catalog/suites/index.ts';
import { rankedBy } from './contract/suite.ts';
import type { SubmissionView } from './db/submission-view.ts';

/** An entry in two words: the number that the board stands in the order of, or the state. */
export function headline({ suite: id, state, scores }: Pick<SubmissionView, 'suite' | 'state' | 'scores'>): string {
  const suite = findSuite(id);
  if (!suite || state !== 'scored') return state;
  const by = rankedBy(suite);
  const estimate = by === 'mean' ? scores?.mean : scores?.worst;
  return estimate ? `${by} ${estimate.value.toFixed(2)}` : state;
}
