import 'server-only';
import { findSuite } from '../catalog/suites/index.ts';
import type { Report, Scores } from '../contract/report.ts';
import type { Engine, Harness } from '../contract/result.ts';
import { type Suite, trialKey } from '../contract/suite.ts';
import { plainLine } from '../plain-text.ts';
import { differences } from '../scoring/differences.ts';
import type { About } from '../scoring/flags.ts';
import { referenceOf } from '../scoring/references.ts';
import { scoresOf } from '../scoring/score.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { reportOn } from './reports.ts';
import { aboutDefenses, scoresOrFault } from './scores.ts';
import type { Submission } from './submissions.ts';

/** The author's own run, a claim: its scores computed here from its trials. */
export type OwnRun = {
  engine: Engine;
  harness: Harness;
  trials: number;
  /** How many trials are the runner's to the last bit; null where they can't be compared. */
  same: number | null;
  scores: Scores | null;
};

/** The author's own run, held against the runner's. */
export async function ownRun(submission: Submission, about: EvaluationView): Promise<OwnRun | null> {
  const suite = findSuite(about.suite);
  const found = suite && (await reportOn(submission.id, suite));
  if (!found) return null;
  const { report, writtenAt } = found;
  const { kind, card, module } = submission;
  const [defense] = await aboutDefenses([{ kind, deterministic: card.deterministic, ...module }]);
  const { harness, trials } = report;
  const { version, cpu, gpu, ...rest } = report.engine;
  const engine = { ...rest, version: plainLine(version), cpu: plainLine(cpu), gpu: gpu && plainLine(gpu) };
  return {
    engine,
    harness,
    trials: trials.length,
    same: sameAs(about, report),
    scores: scoresOnce(`${submission.id} ${writtenAt}`, suite, report, defense!),
  };
}

/** Whoever follows a submission asks for the same scores every few seconds. */
const known = new Map<string, Scores | null>();
const knownAtMost = 200;

function scoresOnce(row: string, suite: Suite, report: Report, about: About): Scores | null {
  const key = JSON.stringify([row, suite.digest, about]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const reference = referenceOf(suite, report.engine.backend);
  const computed = reference && scoresOrFault(row, () => scoresOf(suite, reference, report.trials, about)).scores;
  known.set(key, computed);
  for (const oldest of known.keys()) {
    if (known.size <= knownAtMost) break;
    known.delete(oldest);
  }
  return computed;
}

function sameAs(about: EvaluationView, { engine, trials }: Report): number | null {
  const given = new Set(about.trials.map(trialKey));
  if (about.engineDetail?.backend !== engine.backend || trials.some((trial) => !given.has(trialKey(trial))))
    return null;
  return trials.length - new Set(differences(about.trials, trials).map(({ again }) => again)).size;
}
