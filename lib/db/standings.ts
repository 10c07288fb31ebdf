import 'server-only';
import type { BaselineId } from '../catalog/baselines/index.ts';
import { type Track, trackOf } from '../contract/card.ts';
import type { Backend } from '../contract/ids.ts';
import type { Scores } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import type { Suite } from '../contract/suite.ts';
import type { About } from '../scoring/flags.ts';
import { referenceOf } from '../scoring/references.ts';
import { scoresOf } from '../scoring/score.ts';
import { modulesWithData } from './embedded-data.ts';
import type { EvaluationState, EvaluationView } from './evaluation-state.ts';
import { evaluationsOfSuite } from './evaluations.ts';
import { type Kind, type Submission, standingSubmissions } from './submissions.ts';
import { allVersions, olderThan } from './versions.ts';

/** One row of the board. Numbers are null where they can't be known, and of rows that are not scored. */
export type Standing = {
  submission: string;
  name: string;
  author: string;
  kind: Kind;
  baseline: BaselineId | null;
  /** Null for a control, which knows the truth. */
  track: Track | null;
  state: EvaluationState;
  /** Ranks exist only in a season; what stands here is public and unverified. */
  rank: [number, number] | null;
  worst: Scores['worst'];
  mean: Scores['mean'];
  utility: Scores['utility'];
  gain: Scores['gain'];
  cost: Scores['cost'];
  flags: string[];
  families: Scores['families'];
  scenarios: Scores['scenarios'];
  engine: Backend;
  progress: number;
  position: number | null;
  /** Why it waits, or what it ended with, in a few words. */
  note: string | null;
  submittedAt: string;
  /** When it was computed, elsewhere: of a row of the reference table that came with the software. */
  snapshotAt: string | null;
};

/** The scores of an evaluation that has come to its end, or null: also where its engine has no reference yet. */
export function scoresOfEvaluation(
  suite: Suite,
  { state, engine, trials }: Pick<EvaluationView, 'state' | 'engine' | 'trials'>,
  about: About,
): Scores | null {
  const reference = referenceOf(suite, engine);
  return reference && (state === 'scored' || state === 'failed') ? scoresOf(suite, reference, trials, about) : null;
}

/** What is known of a submission beside its results. */
export async function aboutSubmissions(
  submissions: readonly Pick<Submission, 'kind' | 'card' | 'module'>[],
): Promise<(of: Pick<Submission, 'kind' | 'card' | 'module'>) => About> {
  const withData = await modulesWithData(submissions.map(({ module }) => module));
  return ({ kind, card, module }) => ({
    control: kind === 'control',
    deterministic: card.deterministic,
    embedsData: withData.has(module.sha256),
  });
}

/**
 * Every submission that stands on the suite, scored or not: the scored by their worst family, collapsed ones after
 * them, then the others. Of an entry with several versions, those before the newest that is scored here are left out.
 */
export async function standings(suite: Suite): Promise<Standing[]> {
  const [views, submissions, previous] = await Promise.all([
    evaluationsOfSuite(suite.id),
    standingSubmissions(suite.id),
    allVersions(),
  ]);
  const about = await aboutSubmissions([...submissions.values()]);
  const rows = views.flatMap((view): Standing[] => {
    const submission = submissions.get(view.submissionId);
    if (!submission) return [];
    const { id, name, author, kind, baseline, card, createdAt } = submission;
    const track = kind === 'control' ? null : trackOf(card);
    const scores = view.state === 'scored' ? scoresOfEvaluation(suite, view, about(submission)) : null;
    const { worst, mean, utility, gain, cost, families, scenarios } = scores ?? nothing;
    const numbers = {
      worst,
      mean,
      utility,
      gain,
      cost,
      families,
      scenarios,
      flags: [...(scores?.flags ?? []), ...(view.jailed === false ? ['no-jail'] : [])],
    };
    const { state, engine, progress, position } = view;
    return [
      {
        submission: id,
        name,
        author,
        kind,
        baseline,
        track,
        state,
        rank: null,
        ...numbers,
        engine,
        progress,
        position,
        note: noteOf(view),
        submittedAt: createdAt,
        snapshotAt: view.snapshotAt,
      },
    ];
  });
  const replaced = olderThan(
    rows.filter(({ state }) => state === 'scored').map(({ submission }) => submission),
    previous,
  );
  return rows.filter(({ submission }) => !replaced.has(submission)).sort(byWorst);
}

const nothing: Omit<Scores, 'flags'> = {
  worst: null,
  mean: null,
  utility: null,
  gain: null,
  cost: null,
  families: {},
  scenarios: {},
};

function noteOf({ state, waiting, refused, trials }: EvaluationView): string | null {
  if (state === 'failed') return refused ?? commonest(trials);
  return waiting;
}

const commonest = (trials: readonly TrialResult[]) => {
  const outcomes = trials
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== 'scored' && outcome !== 'not-run');
  return (
    outcomes.sort(
      (a, b) => outcomes.filter((other) => other === b).length - outcomes.filter((other) => other === a).length,
    )[0] ?? null
  );
};

const order = (row: Standing) => (row.worst === null ? 2 : row.flags.includes('collapsed') ? 1 : 0);
const byWorst = (a: Standing, b: Standing) =>
  order(a) - order(b) ||
  (b.worst?.value ?? 0) - (a.worst?.value ?? 0) ||
  (b.mean?.value ?? 0) - (a.mean?.value ?? 0) ||
  a.submittedAt.localeCompare(b.submittedAt);
