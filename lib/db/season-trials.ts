import 'server-only';
import type { TrialResult } from '../contract/result.ts';
import type { SeasonSummary } from '../contract/season.ts';
import { plainLine } from '../plain-text.ts';
import type { SeasonEntry } from './season-entries.ts';
import { evaluationsIn } from './season-ranks.ts';

/** What each trial of an entry gave; nothing before the close. What guest and runner wrote is plain text. */
export async function trialsOfEntry(
  { name, state }: SeasonSummary,
  { submission }: SeasonEntry,
): Promise<TrialResult[]> {
  if (state !== 'closed') return [];
  const [view] = await evaluationsIn(name, submission);
  return (view?.trials ?? []).map((trial) => ({ ...trial, detail: trial.detail && plainLine(trial.detail) }));
}
