import { and, eq } from 'drizzle-orm';
import 'server-only';
import { evaluations, seasonEntries } from '../../drizzle/schema.ts';
import { publicSuiteOf } from '../catalog/seasons.ts';
import type { Estimate } from '../contract/report.ts';
import type { SeasonSummary } from '../contract/season.ts';
import type { SeasonPlace } from '../contract/season-place.ts';
import type { Suite } from '../contract/suite.ts';
import { gapOf, largeGaps } from '../scoring/gap.ts';
import { type Contender, contenderOf, placesOf } from '../scoring/ranks.ts';
import { referenceOf } from '../scoring/references.ts';
import { db } from './client.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { evaluationsNamed, speaking } from './evaluation-views.ts';
import { scoresOfEvaluation } from './scores.ts';
import type { SeasonEntry } from './season-entries.ts';
import { evaluationIdsIn, suiteOfSeason } from './season-evaluations.ts';
import { learnSeason } from './season-references.ts';

/**
 * Whether the others are held against it: it came in time, it stood at the close, and no reviewer refused it. Who
 * leaves after the close moves nobody else's rank.
 */
export const isCompared = ({ late, withdrawnAt, review }: SeasonEntry, { closedAt }: SeasonSummary) =>
  !late && review !== 'refused' && (withdrawnAt === null || (closedAt !== null && withdrawnAt >= closedAt));

/** The place of each scored entry of a closed season, by its id. */
export async function computePlaces(
  season: SeasonSummary,
  entries: readonly SeasonEntry[],
): Promise<ReadonlyMap<string, SeasonPlace>> {
  await learnSeason(season.name);
  const [suite, shown] = [suiteOfSeason(season), publicSuiteOf(season)];
  const controls = new Set(entries.flatMap(({ kind, submission }) => (kind === 'control' ? [submission] : [])));
  const own = await contendersOf(suite, await evaluationsIn(season.name), controls);
  const inPublic = await contendersOf(shown, await evaluationsInPublic(season.name, shown), controls);
  const sameRules = shown.rules.scoring === suite.rules.scoring;
  const ranked = placesOf(
    entries.flatMap((entry) => {
      const contender =
        isCompared(entry, season) && !controls.has(entry.submission) ? own.get(entry.submission)?.contender : null;
      return contender ? [{ ...contender, id: entry.id }] : [];
    }),
  );
  const gaps = entries.flatMap(({ id, submission, baseline, late }) => {
    const [here, there] = [own.get(submission)?.contender, inPublic.get(submission)?.contender];
    return sameRules && here && there
      ? [{ id, ours: baseline !== null && !late && !controls.has(submission), gap: gapOf(there.bySeed, here.bySeed) }]
      : [];
  });
  const large = new Set(largeGaps(gaps));
  const gapBy = new Map(gaps.map(({ id, gap }) => [id, gap]));
  return new Map(
    entries.map(({ id, submission, withdrawnAt }) => {
      const { rank = null, tied = [] } = (withdrawnAt === null && ranked.get(id)) || {}; // who left has none to show
      const publicMean = inPublic.get(submission)?.mean ?? null;
      return [
        id,
        { rank, compared: ranked.size, tied, publicMean, gap: gapBy.get(id) ?? null, gapIsLarge: large.has(id) },
      ];
    }),
  );
}

/**
 * Of each submission of a season, the evaluation that speaks for it. Its trials are not to be shown before the close.
 */
export async function evaluationsIn(season: string, submission: string | null = null): Promise<EvaluationView[]> {
  return speaking(await evaluationsNamed(await evaluationIdsIn(season, submission)));
}

/** The same of the public suite, for the submissions of a season. */
async function evaluationsInPublic(season: string, { id: suite, digest }: Suite): Promise<EvaluationView[]> {
  const rows = await (await db())
    .select({ id: evaluations.id })
    .from(evaluations)
    .innerJoin(seasonEntries, eq(seasonEntries.submissionId, evaluations.submissionId))
    .where(
      and(
        eq(seasonEntries.season, season),
        eq(evaluations.suite, suite),
        eq(evaluations.suiteDigest, digest),
        eq(evaluations.season, ''),
      ),
    );
  return speaking(await evaluationsNamed(rows.map(({ id }) => id)));
}

type Scored = { readonly mean: Estimate | null; readonly contender: Contender | null };

/** Those that are scored, by submission, and how they are compared. `controls`: the submissions that are one. */
async function contendersOf(
  suite: Suite,
  views: readonly EvaluationView[],
  controls: ReadonlySet<string>,
): Promise<Map<string, Scored>> {
  const found = new Map<string, Scored>();
  for (const { id, submissionId, engine, trials, state } of views) {
    const reference = referenceOf(suite, engine);
    const scores = state === 'scored' ? (await scoresOfEvaluation(id))?.scores : null;
    if (reference && scores)
      found.set(submissionId, {
        mean: scores.mean,
        contender: contenderOf(suite, reference, {
          id: submissionId,
          trials,
          scores,
          control: controls.has(submissionId),
        }),
      });
  }
  return found;
}
