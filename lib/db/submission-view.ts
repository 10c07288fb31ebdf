import 'server-only';
import { findSuite } from '../catalog/suites/index.ts';
import { type Track, trackOf } from '../contract/card.ts';
import type { EvaluationState } from '../contract/ids.ts';
import type { ReferenceCell, Report, Scores } from '../contract/report.ts';
import type { Engine, Harness } from '../contract/result.ts';
import { trialKey } from '../contract/suite.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { differences } from '../scoring/differences.ts';
import { cellsOf, referenceOf } from '../scoring/references.ts';
import { scoresOf } from '../scoring/score.ts';
import type { Viewer } from '../viewer.ts';
import { type EvaluationView, hasEnded } from './evaluation-state.ts';
import { evaluationsOf } from './evaluation-views.ts';
import { reportOn } from './reports.ts';
import { aboutDefenses, scoresOfEvaluation } from './scores.ts';
import { requireSubmission, type Submission } from './submissions.ts';
import { versionsOf } from './versions.ts';

/** A submission and what became of it on one suite. */
export type SubmissionView = Submission & {
  track: Track | null;
  /** The version after this one. */
  next: string | null;
  /** What the fields below speak of; empty where nobody asked for a suite. */
  suite: string;
  state: EvaluationState | 'withdrawn';
  /** All of them, newest first. */
  evaluations: EvaluationView[];
  /** The one that speaks for it on the suite. What its guest and its runner wrote is plain text. */
  evaluation: EvaluationView | null;
  scores: Scores | null;
  reference: { engine: string; cells: ReferenceCell[] } | null;
  ownRun: OwnRun | null;
};

/** The author's own run, a claim: its scores computed here from its trials. */
export type OwnRun = {
  engine: Engine;
  harness: Harness;
  trials: number;
  /** How many trials are the runner's to the last bit; null where they can't be compared. */
  same: number | null;
  scores: Scores | null;
};

/** On the suite asked for, else on the one evaluated last. Throws `not-found`. */
export async function submissionView(id: string, viewer: Viewer, suiteId?: string | null): Promise<SubmissionView> {
  const submission = await requireSubmission(id, viewer);
  const evaluations = await evaluationsOf(id);
  const wanted = suiteId ?? askedFor(evaluations);
  const about = speaking(wanted ? evaluations.filter(({ suite }) => suite === wanted) : evaluations) ?? null;
  if (suiteId && !about) throw new AppError('not-found', `This submission was not evaluated on '${suiteId}'.`);
  return {
    ...submission,
    track: submission.kind === 'control' ? null : trackOf(submission.card),
    next: await nextVersion(id),
    suite: about?.suite ?? suiteId ?? '',
    state: submission.withdrawnAt ? 'withdrawn' : (about?.state ?? 'queued'),
    evaluations,
    evaluation: about && { ...about, attempts: about.attempts.map(plain), trials: about.trials.map(plain) },
    ...(await measured(about)),
    ownRun: about && (await ownRun(submission, about)),
  };
}

const plain = <Said extends { detail?: string | null }>(said: Said): Said => ({
  ...said,
  detail: said.detail && plainLine(said.detail),
});

async function nextVersion(id: string): Promise<string | null> {
  const versions = await versionsOf(id);
  return versions[versions.findIndex((version) => version.id === id) + 1]?.id ?? null;
}

/** The author's own run, held against the runner's. */
async function ownRun(submission: Submission, about: EvaluationView): Promise<OwnRun | null> {
  const suite = findSuite(about.suite);
  const report = suite && (await reportOn(submission.id, suite));
  if (!report) return null;
  const { kind, card, module } = submission;
  const [defense] = await aboutDefenses([{ kind, deterministic: card.deterministic, ...module }]);
  const { harness, trials } = report;
  const { version, cpu, gpu, ...rest } = report.engine;
  const engine = { ...rest, version: plainLine(version), cpu: plainLine(cpu), gpu: gpu && plainLine(gpu) };
  const reference = referenceOf(suite, engine.backend);
  return {
    engine,
    harness,
    trials: trials.length,
    same: sameAs(about, report),
    scores: reference && scoresOf(suite, reference, trials, defense!),
  };
}

function sameAs(about: EvaluationView, { engine, trials }: Report): number | null {
  const known = new Set(about.trials.map(trialKey));
  if (about.engineDetail?.backend !== engine.backend || trials.some((trial) => !known.has(trialKey(trial))))
    return null;
  return trials.length - new Set(differences(about.trials, trials).map(({ again }) => again)).size;
}

/** The suite that somebody asked for last, not one that only comes before it; null where nobody did. They come newest first. */
const askedFor = (evaluations: readonly EvaluationView[]) =>
  evaluations.find(({ requestedBy }) => requestedBy !== null)?.suite ?? null;

/**
 * The evaluation that speaks for a submission: the latest that came to its end, else the latest. They come newest
 * first.
 */
const speaking = (evaluations: readonly EvaluationView[]) => evaluations.find(hasEnded) ?? evaluations[0];

async function measured(about: EvaluationView | null): Promise<Pick<SubmissionView, 'scores' | 'reference'>> {
  const suite = about && findSuite(about.suite);
  const reference = suite && referenceOf(suite, about.engine);
  if (!reference) return { scores: null, reference: null };
  const { backend, version, cpu } = reference.engine;
  const cells = cellsOf(suite, reference).map(({ counts: _, ...cell }) => cell);
  return {
    scores: (await scoresOfEvaluation(about.id))?.scores ?? null,
    reference: { engine: `${backend} ${version}, ${cpu}`, cells },
  };
}
