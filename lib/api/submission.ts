import 'server-only';
import { findSuite } from '../catalog/suites/index.ts';
import type { SubmissionJson } from '../contract/api.ts';
import { trackOf } from '../contract/card.ts';
import type { Report } from '../contract/report.ts';
import { trialKey } from '../contract/suite.ts';
import { type EvaluationView, hasEnded } from '../db/evaluation-state.ts';
import { evaluationsOf } from '../db/evaluation-views.ts';
import { reportOn } from '../db/reports.ts';
import { aboutDefenses, scoresOfEvaluation } from '../db/scores.ts';
import { requireSubmission, type Submission } from '../db/submissions.ts';
import { versionsOf } from '../db/versions.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { differences } from '../scoring/differences.ts';
import { cellsOf, referenceOf } from '../scoring/references.ts';
import { scoresOf } from '../scoring/score.ts';
import type { Viewer } from '../viewer.ts';

/**
 * A submission and what became of it on a suite: the one asked for, else the one evaluated last. Throws `not-found`.
 */
export async function submissionJson(id: string, viewer: Viewer, suiteId?: string | null): Promise<SubmissionJson> {
  const submission = await requireSubmission(id, viewer);
  const evaluations = await evaluationsOf(id);
  const wanted = suiteId ?? askedFor(evaluations);
  const about = speaking(wanted ? evaluations.filter(({ suite }) => suite === wanted) : evaluations);
  if (suiteId && !about) throw new AppError('not-found', `This submission was not evaluated on '${suiteId}'.`);
  const { name, author, kind, baseline, module, card, previous, createdAt, withdrawnAt, withdrawnReason } = submission;
  return {
    id: submission.id,
    name,
    author,
    kind,
    baseline,
    track: kind === 'control' ? null : trackOf(card),
    suite: about?.suite ?? suiteId ?? '',
    state: withdrawnAt ? 'withdrawn' : (about?.state ?? 'queued'),
    module: module as SubmissionJson['module'],
    card,
    previous,
    next: await nextVersion(id),
    createdAt,
    withdrawn: withdrawnAt ? { at: withdrawnAt, reason: withdrawnReason ?? '' } : null,
    evaluations: evaluations.map(summary),
    position: about?.position ?? null,
    progress: about?.progress ?? 0,
    phase: about?.phase ?? null,
    waiting: about?.waiting ?? null,
    heartbeatAge: about?.heartbeatAge ?? null,
    retryAt: about?.retryAt ?? null,
    attempts: (about?.attempts ?? []).map((attempt) => ({
      ...attempt,
      detail: attempt.detail && plainLine(attempt.detail),
    })),
    trials: (about?.trials ?? []).map((trial) => ({ ...trial, detail: trial.detail && plainLine(trial.detail) })),
    ...(await measured(about)),
    harness: about ? { digest: about.harnessDigest } : null,
    engine: about?.engineDetail ?? null,
    jailed: about?.jailed ?? null,
    report: about ? await ownRun(submission, about) : null,
  };
}

async function nextVersion(id: string): Promise<string | null> {
  const versions = await versionsOf(id);
  return versions[versions.findIndex((version) => version.id === id) + 1]?.id ?? null;
}

/** The author's own run, held against the runner's. */
async function ownRun(submission: Submission, about: EvaluationView): Promise<SubmissionJson['report']> {
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

const summary = ({
  id,
  suite,
  suiteDigest,
  season,
  harnessDigest,
  engine,
  state,
  progress,
  reused,
  createdAt,
  finishedAt,
  snapshotAt,
}: EvaluationView) => ({
  id,
  suite: { id: suite, digest: suiteDigest },
  season: season || null,
  harness: { digest: harnessDigest },
  engine,
  state,
  progress,
  reused,
  createdAt,
  finishedAt,
  snapshotAt,
});

async function measured(about: EvaluationView | undefined): Promise<Pick<SubmissionJson, 'scores' | 'reference'>> {
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
