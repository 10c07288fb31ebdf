import 'server-only';
import type { SubmissionJson } from '../contract/api.ts';
import type { EvaluationView } from '../db/evaluation-view.ts';
import { requireSubmissionView } from '../db/submission-view.ts';
import type { Viewer } from '../viewer.ts';

/** A submission on the suite asked for, else on the one evaluated last, as JSON. Throws `not-found`. */
export async function submissionJson(id: string, viewer: Viewer, suiteId?: string | null): Promise<SubmissionJson> {
  const view = await requireSubmissionView(id, viewer, suiteId);
  const { withdrawnAt, withdrawnReason, evaluation } = view;
  return {
    id: view.id,
    name: view.name,
    author: view.author,
    anonymousUntil: view.anonymousUntil,
    kind: view.kind,
    runtime: view.runtime,
    baseline: view.baseline,
    track: view.track,
    suite: view.suite,
    state: view.state,
    module: view.module,
    card: view.card,
    vouchedOrcid: view.vouchedOrcid,
    previous: view.previous,
    next: view.next,
    createdAt: view.createdAt,
    withdrawn: withdrawnAt ? { at: withdrawnAt, reason: withdrawnReason ?? '' } : null,
    evaluations: view.evaluations.map(summary),
    position: evaluation?.position ?? null,
    minutesLeft: view.minutesLeft,
    progress: evaluation?.progress ?? 0,
    phase: evaluation?.phase ?? null,
    waiting: evaluation?.waiting ?? null,
    heartbeatAge: evaluation?.heartbeatAge ?? null,
    retryAt: evaluation?.retryAt ?? null,
    attempts: evaluation?.attempts ?? [],
    trials: evaluation?.trials ?? [],
    scores: view.scores,
    reference: view.reference,
    harness: evaluation && { digest: evaluation.harnessDigest },
    engine: evaluation?.engineDetail ?? null,
    jailed: evaluation?.jailed ?? null,
    jails: evaluation?.jails ?? [],
    report: view.ownRun,
  };
}

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
