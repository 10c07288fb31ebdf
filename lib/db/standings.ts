import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { evaluations, modules, scores, submissions, users } from '../../drizzle/schema.ts';
import { BaselineId } from '../catalog/baselines/index.ts';
import { type Track, trackOf } from '../contract/card.ts';
import type { Backend, EvaluationState, Outcome } from '../contract/ids.ts';
import type { Scores } from '../contract/report.ts';
import type { Runtime } from '../contract/runtime.ts';
import { rankedBy, type Suite } from '../contract/suite.ts';
import { authorShown } from './author-shown.ts';
import { db } from './client.ts';
import type { Course } from './course.ts';
import { coursesOf } from './courses.ts';
import { speaking } from './evaluation-views.ts';
import { type Inputs, inputColumns, inputsDigest, storeScores } from './scores.ts';
import type { Kind } from './submissions.ts';
import { textArray } from './values.ts';
import { allVersions, olderThan } from './versions.ts';

/** One row of the board. Numbers are null where they can't be known, and of rows that are not scored. */
export type Standing = {
  submission: string;
  name: string;
  author: string;
  kind: Kind;
  /** What its module runs in: its language, and its set of packages. */
  runtime: Runtime;
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
  /** Of suites scored by version 2 alone. */
  gains?: Scores['gains'];
  chosen?: Scores['chosen'];
  engine: Backend;
  progress: number;
  position: number | null;
  /** Why it waits, or what it ended with, in a few words. */
  note: string | null;
  submittedAt: string;
  /** When it was computed, elsewhere: of a row of the reference table that came with the software. */
  snapshotAt: string | null;
  /** When its numbers were computed from its results; null where there are none. */
  computedAt: string | null;
};

/**
 * Every submission that stands on the suite, scored or not: the scored in the order of the number that ranks, collapsed
 * ones after them, then the others. Of an entry with several versions, those before the newest that is scored here are
 * left out.
 */
export async function standings(suite: Suite): Promise<Standing[]> {
  const [rows, previous] = await Promise.all([everyStanding(suite), allVersions()]);
  const scored = rows.filter(({ state }) => state === 'scored').map(({ submission }) => submission);
  const replaced = olderThan(scored, previous);
  return rows.filter(({ submission }) => !replaced.has(submission)).sort(inOrder(suite));
}

/** The same of every version, in no order. */
export async function everyStanding(suite: Suite): Promise<Standing[]> {
  const rows = speaking(await rowsOf(suite));
  const numbers = await numbersOf(suite, rows);
  return rows.map((row) => standing(row, numbers.get(row.id) ?? null));
}

/** An evaluation on the suite, without its numbers. */
type Selected = Awaited<ReturnType<typeof select>>[number];
type Row = Omit<Selected, 'of' | 'stored'> &
  Inputs & {
    state: EvaluationState;
    cutShort: boolean;
    outcome: Outcome | null;
    jailed: boolean | null;
    progress: number;
    position: number | null;
    waiting: string | null;
    computedAt: Date | null;
    /** Of the row of its scores; null where that was written just now. */
    version: string | null;
  };

/**
 * Of standing submissions, the oldest evaluation first. Scores that are missing or out of date are computed and stored
 * on the way.
 */
async function rowsOf(suite: Suite): Promise<Row[]> {
  const selected = (await select(suite)).map(({ stored, of, ...row }) => ({
    row: { ...row, ...of },
    stored: stored?.inputs === inputsDigest(of) ? stored : null,
  }));
  const open = selected.filter(({ stored }) => stored === null).map(({ row }) => row);
  const courses = await coursesOf(open);
  const ended = open.filter(({ id }) => courses.get(id)!.course.stage === 'ended');
  const mended = await storeScores(ended.map(({ id }) => id));
  return selected.map(({ row, stored: kept }): Row => {
    const stored = kept ?? mended.get(row.id);
    if (!stored) return { ...row, ...live(courses.get(row.id)!.course) };
    const { state, cutShort, outcome, jailed, computedAt } = stored;
    const version = kept?.version ?? null;
    const progress = row.refused === null ? 1 : 0;
    return { ...row, state, cutShort, outcome, jailed, computedAt, version, progress, position: null, waiting: null };
  });
}

const live = ({ stage, cutShort, progress, position, waiting }: Course) => ({
  state: stage === 'ended' ? ('running' as const) : stage, // it went on while it was read
  cutShort,
  outcome: null,
  jailed: null,
  computedAt: null,
  version: null,
  progress,
  position,
  waiting,
});

async function select(suite: Suite) {
  const rows = await (await db())
    .select({
      id: evaluations.id,
      submissionId: evaluations.submissionId,
      snapshotAt: evaluations.snapshotAt,
      name: submissions.name,
      author: authorShown(users.name),
      runtime: modules.runtime,
      baseline: submissions.baseline,
      needsCleanData: sql<boolean>`coalesce((${submissions.card} ->> 'needsCleanData')::bool, false)`,
      needsPoisonRate: sql<boolean>`coalesce((${submissions.card} ->> 'needsPoisonRate')::bool, false)`,
      submittedAt: submissions.createdAt,
      of: inputColumns,
      stored: {
        inputs: scores.inputs,
        state: scores.state,
        cutShort: scores.cutShort,
        outcome: scores.outcome,
        jailed: scores.jailed,
        computedAt: scores.computedAt,
        version: sql<string | null>`${scores}.xmin::text`,
      },
    })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(users, eq(users.id, submissions.ownerId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .leftJoin(scores, eq(scores.evaluationId, evaluations.id))
    .where(
      and(eq(evaluations.suite, suite.id), eq(evaluations.suiteDigest, suite.digest), isNull(submissions.withdrawnAt)),
    )
    .orderBy(asc(evaluations.createdAt), asc(evaluations.id));
  return rows;
}

type Held = { readonly version: string; readonly scores: Scores | null };
/** Of each suite's evaluations the scores as they were last read: a megabyte of text for 200 rows, and few change. */
const held = new Map<string, ReadonlyMap<string, Held>>();

/** The scores of these evaluations. Only those are read whose row was written since it was read last. */
async function numbersOf(suite: Suite, rows: readonly Row[]): Promise<Map<string, Scores | null>> {
  const known = held.get(suite.id);
  const written = rows.filter(({ id, version }) => version === null || known?.get(id)?.version !== version);
  const read = new Map(
    written.length === 0 ? [] : (await readScores(written.map(({ id }) => id))).map(({ id, ...one }) => [id, one]),
  );
  const now = new Map(
    rows.flatMap(({ id }) => {
      const one = read.get(id) ?? known?.get(id);
      return one ? [[id, one]] : [];
    }),
  );
  held.set(suite.id, now);
  return new Map([...now].map(([id, { scores: numbers }]) => [id, numbers]));
}

const readScores = async (ids: readonly string[]) =>
  (await db())
    .select({ id: scores.evaluationId, version: rowVersion, scores: scores.scores })
    .from(scores)
    .where(sql`${scores.evaluationId}::text = any(${textArray(ids)})`);

/** Another text after each write: PostgreSQL's number of the transaction that wrote the row. */
const rowVersion = sql<string>`${scores}.xmin::text`;

function standing(row: Row, stored: Scores | null): Standing {
  const { kind } = row;
  const { flags, ...numbers } = (row.state === 'scored' ? stored : null) ?? nothing;
  return {
    submission: row.submissionId,
    name: row.name,
    author: row.author,
    kind,
    runtime: row.runtime,
    baseline: BaselineId.nullable().parse(row.baseline),
    track: kind === 'control' ? null : trackOf(row),
    state: row.state,
    rank: null,
    ...numbers,
    flags: [...flags, ...(row.jailed === false ? ['no-jail'] : [])],
    engine: row.engine,
    progress: row.progress,
    position: row.position,
    note: row.state === 'failed' ? (row.refused ?? row.outcome) : row.waiting,
    submittedAt: row.submittedAt.toISOString(),
    snapshotAt: row.snapshotAt?.toISOString() ?? null,
    computedAt: row.computedAt?.toISOString() ?? null,
  };
}

const nothing: Scores = {
  worst: null,
  mean: null,
  utility: null,
  gain: null,
  cost: null,
  families: {},
  scenarios: {},
  flags: [],
};

const order = (row: Standing) => (row.worst === null ? 2 : row.flags.includes('collapsed') ? 1 : 0);
const inOrder = (suite: Suite) => {
  const [first, second] = rankedBy(suite) === 'mean' ? (['mean', 'worst'] as const) : (['worst', 'mean'] as const);
  return (a: Standing, b: Standing) =>
    order(a) - order(b) ||
    (b[first]?.value ?? 0) - (a[first]?.value ?? 0) ||
    (b[second]?.value ?? 0) - (a[second]?.value ?? 0) ||
    a.submittedAt.localeCompare(b.submittedAt);
};
