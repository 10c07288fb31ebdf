import { expect, it } from 'vitest';
import { entriesEnd, takesEntries } from '../../app/seasons/entries-end.ts';

const [past, future] = ['2026-01-31T00:00:00.000Z', '2999-01-31T00:00:00.000Z'];

it('entries of a season end at the time that was planned, or at a close before it', () => {
  expect(entriesEnd({ closesAt: future, closedAt: null })).toBe(future);
  expect(entriesEnd({ closesAt: future, closedAt: past })).toBe(past);
  expect(entriesEnd({ closesAt: past, closedAt: future })).toBe(past);
  expect(entriesEnd({ closesAt: null, closedAt: null })).toBeNull();
});

it('an entry is in time while the season is open and the planned time is not over', () => {
  expect(takesEntries({ state: 'open', closesAt: future })).toBe(true);
  expect(takesEntries({ state: 'open', closesAt: past })).toBe(false);
  for (const state of ['opening', 'closing', 'closed'] as const)
    expect(takesEntries({ state, closesAt: future })).toBe(false);
});
