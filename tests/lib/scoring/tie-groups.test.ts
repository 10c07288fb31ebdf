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
      { first: 0, last: 2, lane: 0 },
      { first: 2, last: 3, lane: 1 },
    ]);
  });

  it('do not join what is not tied pair by pair', () => {
    expect(tieGroups(board('abc', 'ab', 'bc'))).toEqual([
      { first: 0, last: 1, lane: 0 },
      { first: 1, last: 2, lane: 1 },
    ]);
    expect(tieGroups(board('abc', 'ac'))).toEqual([]);
  });

  it('take a lane again where its last bar has ended, so that bars stay beside the names', () => {
    const pairs = ['ab', 'bc', 'cd', 'de', 'ef'];
    expect(tieGroups(board('abcdef', ...pairs)).map(({ lane }) => lane)).toEqual([0, 1, 0, 1, 0]);
    expect(tieGroups(board('abcdef', 'ab', 'cd', 'ef')).map(({ lane }) => lane)).toEqual([0, 0, 0]);
  });

  it('are none where all are told apart, and one where none are', () => {
    expect(tieGroups(board('abc'))).toEqual([]);
    expect(tieGroups(board('abc', 'ab', 'bc', 'ac'))).toEqual([{ first: 0, last: 2, lane: 0 }]);
    expect(tieGroups([])).toEqual([]);
  });
});
