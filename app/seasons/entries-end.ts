import type { SeasonSummary } from '@/lib/contract/season.ts';

/** When entries end: at the close, where it is before the time that was planned. Null before the opening. */
export const entriesEnd = ({ closesAt, closedAt }: Pick<SeasonSummary, 'closesAt' | 'closedAt'>): string | null =>
  closesAt !== null && closedAt !== null && closedAt < closesAt ? closedAt : closesAt;
