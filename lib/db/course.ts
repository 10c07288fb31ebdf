import 'server-only';
import { findSuite } from '../catalog/suites/index.ts';
import type { JobState } from '../contract/protocol.ts';
import type { Trial } from '../contract/suite.ts';

/** How a job stands. */
export type JobRow = {
  id: string;
  key: string;
  state: JobState;
  attempt: number;
  phase: string | null;
  progress: number;
  reused: boolean;
  cancelReason: string | null;
  heartbeatAge: number | null;
  retryAt: string | null;
  asked: Trial[];
  /** Labels that no active runner has; null where one runner has all that it takes, and of a job that does not wait. */
  lacking: string[] | null;
  finishedAt: string | null;
  /** It was run again with other numbers, and nobody has decided which stand. */
  disputed: boolean;
};

/** How far an evaluation has come, read off its jobs. */
export type Course = {
  /** `ended`: scored or failed, which its trials decide. */
  stage: 'queued' | 'running' | 'stalled' | 'ended';
  /** In the queue, counted in submissions, from 1; null where none of its jobs waits. */
  position: number | null;
  /** 0 to 1. */
  progress: number;
  /** What is being done, in the runner's words. */
  phase: string | null;
  /** Why it waits: no runner can take it, two runners disagree, or another suite comes first. */
  waiting: string | null;
  /** Seconds since the last word of the runners that work on it. */
  heartbeatAge: number | null;
  /** When a job that our side failed is tried again. */
  retryAt: string | null;
  /** All of its work had been asked for before. */
  reused: boolean;
  /** Some of its work was cancelled because the harness changed. */
  cutShort: boolean;
  finishedAt: string | null;
};

/** Why what is left of an evaluation is cancelled when the site has another harness. */
export const harnessChanged = 'The harness has changed since; it is evaluated by the new one.';

const over: readonly JobState[] = ['succeeded', 'dead', 'cancelled'];

/** Where work was given up and asked for again, the newer job stands for it. They come oldest first. */
export const latest = (jobs: readonly JobRow[]) => [...new Map(jobs.map((job) => [job.key, job])).values()];

/** `earlierStalled`: our side gave up on another evaluation of the same submission. */
export function courseOf(
  { suite, refused }: { suite: string; refused: string | null },
  all: readonly JobRow[],
  position: number | null,
  earlierStalled: boolean,
): Course {
  const jobs = latest(all);
  const waiting = jobs.filter(({ state }) => state === 'queued');
  const leased = jobs.filter(({ state }) => state === 'leased');
  return {
    stage: stageOf(jobs, refused, earlierStalled),
    position,
    progress:
      jobs.length === 0
        ? 0
        : jobs.reduce((sum, job) => sum + (over.includes(job.state) ? 1 : job.progress), 0) / jobs.length,
    phase: leased[0]?.phase ?? null,
    waiting:
      refused === null && jobs.length === 0
        ? comesAfter(suite)
        : leased.length === 0 && waiting[0]?.lacking
          ? whyWaiting(waiting[0].lacking)
          : jobs.some(({ disputed }) => disputed)
            ? inDispute
            : null,
    heartbeatAge: least(leased.map(({ heartbeatAge }) => heartbeatAge)),
    retryAt: leased.length === 0 ? (waiting.find(({ retryAt }) => retryAt)?.retryAt ?? null) : null,
    reused: jobs.length > 0 && jobs.every(({ reused }) => reused),
    cutShort: jobs.some(({ state, cancelReason }) => state === 'cancelled' && cancelReason === harnessChanged),
    finishedAt: jobs.every(({ state }) => over.includes(state))
      ? (jobs
          .map(({ finishedAt }) => finishedAt ?? '')
          .sort()
          .at(-1) ?? null)
      : null,
  };
}

/** Without jobs it waits to be admitted, and waits in vain where our side gave up what comes first. */
function stageOf(jobs: readonly JobRow[], refused: string | null, earlierStalled: boolean): Course['stage'] {
  if (refused !== null) return 'ended';
  if (jobs.length === 0) return earlierStalled ? 'stalled' : 'queued';
  if (jobs.some(({ state }) => !over.includes(state)))
    return jobs.some(({ state, attempt }) => state !== 'queued' || attempt > 0) ? 'running' : 'queued';
  return jobs.some(({ state, disputed }) => state === 'dead' || disputed) ? 'stalled' : 'ended';
}

const inDispute = 'Two runners disagree about a part of it, so neither of their results counts; an organizer decides.';

const comesAfter = (suiteId: string) =>
  `${findSuite(suiteId)?.after ?? 'Another suite'} comes first; this follows once every trial of it is scored.`;

const least = (values: readonly (number | null)[]) =>
  values.reduce((min, value) => (min === null || (value !== null && value < min) ? value : min), null);

const inWords: Record<string, string> = {
  jail: 'a jail to run other people’s code in',
  official: 'the organizer’s trust',
};

const nameOf = (label: string) =>
  label.startsWith('season:')
    ? `the files of ${label.replace(':', ' ')}`
    : label.startsWith('python:')
      ? `the Python set ${label.slice('python:'.length)}`
      : `the ${label.replace(/^engine:/, '')} engine`;

function whyWaiting(lacking: readonly string[]): string {
  const names = lacking.map((label) => inWords[label] ?? nameOf(label));
  return names.length > 0
    ? `No runner has ${names.join(' and ')}; it waits until one has.`
    : 'No single runner has all that this takes; it waits until one has.';
}
