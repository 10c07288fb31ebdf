import 'server-only';
import type { TrialResult } from '../contract/result.ts';
import type { SeasonSummary } from '../contract/season.ts';
import { plainLine } from '../plain-text.ts';
import { type ProbeFinding, probeFindings } from '../scoring/probes.ts';
import { referenceOf } from '../scoring/references.ts';
import type { SeasonEntry } from './season-entries.ts';
import { suiteOfSeason } from './season-evaluations.ts';
import { evaluationsIn } from './season-ranks.ts';
import { learnSeason } from './season-references.ts';

export type EntryRuns = { readonly trials: readonly TrialResult[]; readonly probes: readonly ProbeFinding[] };

/**
 * What each trial of an entry gave, and what the honesty probes among them found; nothing before the close. What guest
 * and runner wrote is plain text.
 */
export async function runsOfEntry(season: SeasonSummary, { submission }: SeasonEntry): Promise<EntryRuns> {
  if (season.state !== 'closed') return { trials: [], probes: [] };
  const [view] = await evaluationsIn(season.name, submission);
  if (!view) return { trials: [], probes: [] };
  await learnSeason(season.name);
  const reference = referenceOf(suiteOfSeason(season), view.engine);
  return {
    trials: view.trials.map((trial) => ({ ...trial, detail: trial.detail && plainLine(trial.detail) })),
    probes: reference ? probeFindings(view.trials, reference) : [],
  };
}
