import type { Reference, Report } from '../contract/report.ts';
import { type Suite, trialKey, trialsOf } from '../contract/suite.ts';
import type { About } from './flags.ts';
import { cellsOf, referenceOf } from './references.ts';
import { scoresOf } from './score.ts';

/**
 * The report of an evaluation: trials in the suite's order, what they are measured against, and the scores. Without a
 * reference, as of a private suite that nobody has calibrated, there is no ρ.
 */
export function reportOf(
  suite: Suite,
  run: Pick<Report, 'module' | 'harness' | 'engine' | 'jailed' | 'jail' | 'trials'>,
  about: About,
  reference = referenceOf(suite, run.engine.backend),
): Report {
  const order = new Map(trialsOf(suite).map((trial, index) => [trialKey(trial), index]));
  const trials = [...run.trials].sort((a, b) => (order.get(trialKey(a)) ?? 0) - (order.get(trialKey(b)) ?? 0));
  return {
    format: 'antidote-report-1',
    suite: { id: suite.id, digest: suite.digest, ...(suite.private && { private: true }) },
    module: run.module,
    harness: run.harness,
    engine: run.engine,
    jailed: run.jailed,
    ...(run.jail && { jail: run.jail }),
    trials,
    reference: reference
      ? {
          engine: `${reference.engine.backend} ${reference.engine.version}, ${reference.engine.cpu}`,
          cells: cellsOf(suite, reference).map(({ counts: _, ...cell }) => cell),
        }
      : { engine: 'none', cells: [] },
    scores: scoresOf(suite, reference ?? nothingMeasured(suite, run), trials, about),
  };
}

const nothingMeasured = (
  { id, digest }: Suite,
  { engine, harness }: Pick<Report, 'engine' | 'harness'>,
): Reference => ({
  format: 'antidote-reference-1',
  suite: { id, digest },
  engine,
  harness,
  clean: [],
  cells: [],
  frontier: [],
});
