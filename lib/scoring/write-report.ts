import type { Report } from '../contract/report.ts';
import { type Suite, trialKey, trialsOf } from '../contract/suite.ts';
import type { About } from './flags.ts';
import { cellsOf, referenceOf } from './references.ts';
import { scoresOf } from './score.ts';

/**
 * The report of an evaluation: trials in the suite's order, what they are measured against, and the scores. Throws
 * RangeError without a reference.
 */
export function reportOf(
  suite: Suite,
  run: Pick<Report, 'module' | 'harness' | 'engine' | 'jailed' | 'trials'>,
  about: About,
): Report {
  const reference = referenceOf(suite, run.engine.backend);
  if (!reference) throw new RangeError(`suite ${suite.id} has no reference for the ${run.engine.backend} engine`);
  const order = new Map(trialsOf(suite).map((trial, index) => [trialKey(trial), index]));
  const trials = [...run.trials].sort((a, b) => (order.get(trialKey(a)) ?? 0) - (order.get(trialKey(b)) ?? 0));
  const { version, cpu } = reference.engine;
  return {
    format: 'antidote-report-1',
    suite: { id: suite.id, digest: suite.digest },
    module: run.module,
    harness: run.harness,
    engine: run.engine,
    jailed: run.jailed,
    trials,
    reference: {
      engine: `${reference.engine.backend} ${version}, ${cpu}`,
      cells: cellsOf(suite, reference).map(({ counts: _, ...cell }) => cell),
    },
    scores: scoresOf(suite, reference, trials, about),
  };
}
