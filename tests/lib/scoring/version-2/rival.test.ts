import { describe, expect, it } from 'vitest';
import type { KeptCell } from '../../../../lib/scoring/version-2/cells.ts';
import { rivalShareAt } from '../../../../lib/scoring/version-2/rival.ts';

/** Undefended 0, at most 1: what is kept is the share. `accuracy`: with the poison. */
const cellOf = (kept: number, accuracy: number): KeptCell => ({
  scenario: 'flip',
  family: 'indiscriminate',
  budget: 0.1,
  bySeed: new Map([[0, { defended: kept, undefended: 0, cap: 1, accuracy }]]),
});
type Run = readonly [accuracy: number, kept: number];
const share = (own: { clean: number; poisoned: number }, clean: readonly Run[], poisoned: readonly Run[]) => {
  const members = clean.map(([accuracy, kept], at) => ({
    clean: new Map([[0, accuracy]]),
    cell: cellOf(kept, poisoned[at]![0]),
  }));
  return rivalShareAt(
    cellOf(0.5, own.poisoned),
    { clean: new Map([[0, own.clean]]), members, seeds: new Set([0]) },
    [0],
  );
};
/** Where the entry is more accurate with the poison than every length. */
const rivalOf = (clean: number, ...members: Run[]) =>
  share(
    { clean, poisoned: 1 },
    members,
    members.map(([, kept]) => [0, kept]),
  );
/** The same without the poison: who trains to the end where the data look clean. */
const poisonedRivalOf = (poisoned: number, ...members: Run[]) =>
  share(
    { clean: 1, poisoned },
    members.map(([, kept]) => [0, kept]),
    members,
  );

describe.each([
  ['without poison', rivalOf],
  ['with the poison', poisonedRivalOf],
])('worked by hand: of lengths (.7, .8), (.8, .5), (.9, 0), accuracy %s and share,', (_, rival) => {
  const lengths = [
    [0.7, 0.8],
    [0.8, 0.5],
    [0.9, 0],
  ] as const;
  it('an entry of .8 meets the length of .8', () => expect(rival(0.8, ...lengths)).toBeCloseTo(0.5, 12));
  it('one of .85 meets a lot, half .8 and half .9', () => expect(rival(0.85, ...lengths)).toBeCloseTo(0.25, 12));
  it('one below all of them meets the best of them', () => expect(rival(0.6, ...lengths)).toBeCloseTo(0.8, 12));
  it('one above all of them meets nothing', () => expect(rival(0.95, ...lengths)).toBe(0));
});

it('a length below the line between two others is not drawn', () =>
  expect(rivalOf(0.8, [0.7, 0.8], [0.8, 0.1], [0.9, 0])).toBeCloseTo(0.4, 12));

it('a shorter run that keeps less is never drawn, and harm is not taken', () => {
  expect(rivalOf(0.8, [0.7, 0.1], [0.9, 0.3])).toBeCloseTo(0.3, 12);
  expect(rivalOf(0.8, [0.7, -0.2], [0.9, -0.1])).toBe(0);
});

it('of the two the better one counts: who is as accurate by either could have stopped early', () => {
  const clean = [[0.8, 0.5] as const, [0.9, 0] as const];
  const poisoned = [[0.7, 0.5] as const, [0.6, 0] as const];
  expect(share({ clean: 0.9, poisoned: 0.7 }, clean, poisoned)).toBeCloseTo(0.5, 12);
  expect(share({ clean: 0.8, poisoned: 0.9 }, clean, poisoned)).toBeCloseTo(0.5, 12);
  expect(share({ clean: 0.9, poisoned: 0.9 }, clean, poisoned)).toBe(0);
});
