import 'server-only';
import { suiteOfEvaluation } from '../catalog/seasons.ts';
import type { Backend, EvaluationState, JailName, Sha256 } from '../contract/ids.ts';
import type { AttemptOutcome, RunnerClass } from '../contract/protocol.ts';
import { type Engine, failedTrial, type TrialResult } from '../contract/result.ts';
import { specOf, type Trial, trialKey, trialsOf } from '../contract/suite.ts';
import { type Course, type JobRow, latest } from './course.ts';

export type Evaluation = {
  id: string;
  submissionId: string;
  suite: string;
  suiteDigest: Sha256;
  season: string;
  harnessDigest: Sha256;
  engine: Backend;
  requestedBy: string | null;
  /** Why it was not admitted; then it has no jobs. */
  refused: string | null;
  /** Of a row of the reference table that came with the software: when it was computed, elsewhere. */
  snapshotAt: string | null;
  /** Of its jobs, how each stands and what it gave; null where it has none. */
  jobsDigest: string | null;
  createdAt: string;
};

/** What its runner handed in. */
export type JobOutcome = { trials: TrialResult[]; engine: Engine; jailed: boolean; jail: JailName | null };

export type AttemptRow = {
  job: string;
  attempt: number;
  runner: string;
  runnerClass: RunnerClass;
  startedAt: string;
  endedAt: string | null;
  outcome: AttemptOutcome | null;
  /** Why it ended on our side: a code of the protocol, or `lease-expired`, `quarantined`, `retired`. */
  reason: string | null;
  detail: string | null;
};

export type EvaluationView = Evaluation &
  Omit<Course, 'stage'> & {
    state: EvaluationState;
    attempts: AttemptRow[];
    /** Those that are known, in the suite's order. */
    trials: TrialResult[];
    /** Of the first result. */
    engineDetail: Engine | null;
    /** False where a baseline ran on a machine without a jail. */
    jailed: boolean | null;
    /** Those that its results name. */
    jails: JailName[];
  };

/**
 * Whether it has come to its end by itself, and so speaks for its submission: what was cut short for another harness
 * does not.
 */
export const hasEnded = ({ state, cutShort }: Pick<EvaluationView, 'state' | 'cutShort'>) =>
  (state === 'scored' || state === 'failed') && !cutShort;

/** What people are told of an evaluation: how far it has come, and what its trials gave. */
export function evaluationView(
  evaluation: Evaluation,
  { stage, ...course }: Course,
  all: readonly JobRow[],
  outcomes: ReadonlyMap<string, JobOutcome>,
  attempts: AttemptRow[],
): EvaluationView {
  const { suite, refused } = evaluation;
  const jobs = latest(all);
  const results = jobs.flatMap(({ id }) => outcomes.get(id) ?? []);
  const trials =
    refused === null
      ? inOrder(
          suite,
          jobs.flatMap((job) => trialsIn(suite, job, outcomes.get(job.id))),
        )
      : notRun(suite, trialsAsked(suite), refused);
  return {
    ...evaluation,
    ...course,
    state: stage === 'ended' ? (trials.some(({ outcome }) => outcome === 'scored') ? 'scored' : 'failed') : stage,
    attempts,
    trials,
    engineDetail: results[0]?.engine ?? null,
    jailed: results.length === 0 ? null : results.every(({ jailed }) => jailed),
    jails: [...new Set(results.flatMap(({ jail }) => jail ?? []))].sort(),
  };
}

/** Of a job that was cancelled, the trials that it would have run. */
const trialsIn = (suiteId: string, { state, asked, cancelReason }: JobRow, outcome?: JobOutcome): TrialResult[] =>
  state === 'cancelled' ? notRun(suiteId, asked, cancelReason ?? 'It was cancelled.') : (outcome?.trials ?? []);

function notRun(suiteId: string, trials: readonly Trial[], reason: string): TrialResult[] {
  const suite = suiteOfEvaluation(suiteId);
  const nothing = { seconds: null, undefendedSeconds: null, peakBytes: null };
  return suite
    ? trials.map((trial) => failedTrial(specOf(suite, trial), { reason: 'not-run', detail: reason }, nothing))
    : [];
}

function trialsAsked(suiteId: string): Trial[] {
  const suite = suiteOfEvaluation(suiteId);
  return suite ? trialsOf(suite) : [];
}

function inOrder(suiteId: string, trials: TrialResult[]): TrialResult[] {
  const places = new Map(trialsAsked(suiteId).map((trial, place) => [trialKey(trial), place]));
  return trials.sort((a, b) => (places.get(trialKey(a)) ?? 0) - (places.get(trialKey(b)) ?? 0));
}
