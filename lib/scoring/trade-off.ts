import type { Estimate, Reference } from '../contract/report.ts';
import { rankedBy, type Suite } from '../contract/suite.ts';
import { countedCells } from './cells.ts';
import { cleanBySeed } from './clean.ts';
import { frontierOf } from './frontier.ts';
import { mean } from './stats.ts';

/** The undefended model's accuracy without poison, over the scored seeds and the suite's models. */
export const undefendedAccuracy = (suite: Suite, { clean }: Reference): number =>
  mean([
    ...cleanBySeed(
      suite,
      clean.filter(({ seed }) => suite.seeds.includes(seed)),
    ).values(),
  ]);

/** Clean accuracy of an entry: its utility is told against the undefended model’s, and so is its interval. */
export function accuracyOf(undefended: number, { value, low, high, n }: Estimate): Estimate {
  const moved = (difference: number | null) => (difference === null ? null : undefended + difference);
  return { value: undefended + value, low: moved(low), high: moved(high), n };
}

/** Plain SGD of so many steps: its clean accuracy, and the number that ranks. The shortest schedule first. */
export const underTrained = (suite: Suite, reference: Reference): { steps: number | null; x: number; y: number }[] =>
  frontierOf(suite, countedCells(suite, reference), reference).flatMap(({ steps, cleanAccuracy, scores }) => {
    const robustness = scores[rankedBy(suite)];
    return robustness ? [{ steps, x: cleanAccuracy, y: robustness.value }] : [];
  });
