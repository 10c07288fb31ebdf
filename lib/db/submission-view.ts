import 'server-only';
import { findSuite } from '../catalog/suites/index.ts';
import { type Track, trackOf } from '../contract/card.ts';
import type { EvaluationState } from '../contract/ids.ts';
import type { ReferenceCell, Scores } from '../contract/report.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { cellsOf, referenceOf } from '../scoring/references.ts';
import type { Viewer } from '../viewer.ts';
import { type EvaluationView, hasEnded } from './evaluation-view.ts';
import { evaluationsOf } from './evaluation-views.ts';
import { type OwnRun, ownRun } from './own-run.ts';
import { minutesLeft } from './place-in-queue.ts';
import { scoresOfEvaluation } from './scores.ts';
import { findSubmission, requireSubmission, type Submission } from './submissions.ts';
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
  /** Until the evaluation's end, as it looks now; null where there is nothing to go by, and of one that has ended. */
  minutesLeft: number | null;
};

/** On the suite asked for, else on the one evaluated last. Null where there is none. */
export async function findSubmissionView(
  id: string,
  viewer: Viewer,
  suiteId?: string | null,
): Promise<SubmissionView | null> {
  const submission = await findSubmission(id, viewer);
  return submission && viewOf(submission, suiteId);
}

/** The same. Throws `not-found`. */
export async function requireSubmissionView(
  id: string,
  viewer: Viewer,
  suiteId?: string | null,
): Promise<SubmissionView> {
  const view = await viewOf(await requireSubmission(id, viewer), suiteId);
  if (!view) throw new AppError('not-found', `This submission was not evaluated on '${suiteId}'.`);
  return view;
}

async function viewOf(submission: Submission, suiteId?: string | null): Promise<SubmissionView | null> {
  const { id } = submission;
  const evaluations = await evaluationsOf(id);
  const wanted = suiteId ?? askedFor(evaluations);
  const about = speaking(wanted ? evaluations.filter(({ suite }) => suite === wanted) : evaluations) ?? null;
  if (suiteId && !about) return null;
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
    minutesLeft: about && !hasEnded(about) ? await minutesLeft(about.id) : null,
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

/**
 * The suite that somebody asked for last, not one that only comes before it; null where nobody did. They come newest
 * first.
 */
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
