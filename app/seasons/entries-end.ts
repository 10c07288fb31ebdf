import type { SeasonSummary } from '@/lib/contract/season.ts';

/** When entries end: at the close, where it is before the time that was planned. Null before the opening. */
export const entriesEnd = ({ closesAt, closedAt }: Pick<SeasonSummary, 'closesAt' | 'closedAt'>): string | null =>
  closesAt !== null && closedAt !== null && closedAt < closesAt ? closedAt : closesAt;

/** Whether an entry that comes now is in time. A season stays open behind the planned time, until it is closed. */
export const takesEntries = ({ state, closesAt }: Pick<SeasonSummary, 'state' | 'closesAt'>): boolean =>
  state === 'open' && closesAt !== null && Date.now() < Date.parse(closesAt);
