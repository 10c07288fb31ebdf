import { describe, expect, it } from 'vitest';
import { tieGroups } from '../../../lib/scoring/tie-groups.ts';

/** Entries a, b, c … in order, and the pairs that can't be told apart. */
const board = (ids: string, ...pairs: string[]) =>
  [...ids].map((id) => ({
    id,
    tied: pairs.flatMap((pair) => (pair.includes(id) ? [...pair].filter((other) => other !== id) : [])),
  }));

describe('groups of ties', () => {
  it('are the longest runs of neighbors of which every pair is tied', () => {
    expect(tieGroups(board('abcd', 'ab', 'bc', 'ac', 'cd'))).toEqual([
      { first: 0, last: 2 },
      { first: 2, last: 3 },
    ]);
  });

  it('do not join what is not tied pair by pair', () => {
    expect(tieGroups(board('abc', 'ab', 'bc'))).toEqual([
      { first: 0, last: 1 },
      { first: 1, last: 2 },
    ]);
    expect(tieGroups(board('abc', 'ac'))).toEqual([]);
  });

  it('are none where all are told apart, and one where none are', () => {
    expect(tieGroups(board('abc'))).toEqual([]);
    expect(tieGroups(board('abc', 'ab', 'bc', 'ac'))).toEqual([{ first: 0, last: 2 }]);
    expect(tieGroups([])).toEqual([]);
  });
});
