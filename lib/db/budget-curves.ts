import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { submissions } from '../../drizzle/schema.ts';
import type { BaselineId } from '../catalog/baselines/index.ts';
import type { Suite } from '../contract/suite.ts';
import { db, execute } from './client.ts';
import { type Standing, standings } from './standings.ts';
import { textArray } from './values.ts';
import { isDisputed, standingRun } from './verdicts.ts';

const Point = z.object({ submission: z.string(), scenario: z.string(), budget: z.number(), value: z.number() });

/** An entry's mean robust accuracy over the seeds, cell by cell. */
export type BudgetCurve = Pick<Standing, 'submission' | 'name' | 'baseline'> & {
  points: { scenario: string; budget: number; value: number }[];
};

/** Null where it was not measured, or not at every seed. */
export const pointOf = ({ points }: BudgetCurve, scenario: string, budget: number): number | null =>
  points.find((point) => point.scenario === scenario && point.budget === budget)?.value ?? null;

/** Of the best scored entries of a suite's board, and of its baselines, on these scenarios. In the board's order. */
export async function budgetCurves(suite: Suite, scenarios: readonly string[], most: number): Promise<BudgetCurve[]> {
  const scored = (await standings(suite)).filter(({ state }) => state === 'scored');
  return curvesOf(suite, scored.slice(0, most), scenarios);
}

/** Of one of the harness's own defenses, on every scenario; null where it is not scored on the suite. */
export async function baselineCurve(suite: Suite, id: BaselineId): Promise<BudgetCurve | null> {
  const found = await (await db())
    .select({ submission: submissions.id, name: submissions.name })
    .from(submissions)
    .where(and(eq(submissions.baseline, id), isNull(submissions.withdrawnAt)))
    .orderBy(desc(submissions.createdAt));
  const rows = found.map((row) => ({ ...row, baseline: id }));
  const all = suite.scenarios.map((scenario) => scenario.id);
  return (await curvesOf(suite, rows, all)).find(({ points }) => points.length > 0) ?? null;
}

/**
 * A trial that failed by the entry's own fault is 0. A cell of which a seed is missing is left out, as is a result that
 * another runner contradicts, until somebody has decided.
 */
async function curvesOf(
  suite: Suite,
  rows: readonly Omit<BudgetCurve, 'points'>[],
  scenarios: readonly string[],
): Promise<BudgetCurve[]> {
  if (rows.length === 0) return [];
  const points = await execute(
    Point,
    sql`
    with chosen as (
      select distinct on (e.submission_id) e.id, e.submission_id
      from evaluations e join scores s on s.evaluation_id = e.id
      where e.suite = ${suite.id} and e.suite_digest = ${suite.digest} and e.season = '' and s.state = 'scored' and not s.cut_short
        and e.submission_id::text = any(${textArray(rows.map(({ submission }) => submission))})
      order by e.submission_id, e.created_at desc
    )
    select c.submission_id as submission, t.scenario, t.budget, avg(coalesce(t."robustAccuracy", 0))::float8 as value
    from chosen c
    join evaluation_jobs ej on ej.evaluation_id = c.id
    join results r on r.job_id = ${standingRun(sql`ej.job_id`)}
    cross join lateral jsonb_to_recordset(r.trials) as t (scenario text, budget float8, seed int, "robustAccuracy" float8)
    where t.scenario = any(${textArray(scenarios)})
      and not ${isDisputed(sql`ej.job_id`)}
    group by c.submission_id, t.scenario, t.budget
    having count(distinct t.seed) = ${suite.seeds.length}::int
    order by t.scenario, t.budget`,
  );
  return rows.map(({ submission, name, baseline }) => ({
    submission,
    name,
    baseline,
    points: points.filter((point) => point.submission === submission).map(({ submission: _, ...point }) => point),
  }));
}
