import { describe, expect, it } from 'vitest';
import type { KeptCell } from '../../../../lib/scoring/version-2/cells.ts';
import { rivalShareAt } from '../../../../lib/scoring/version-2/rival.ts';

/** Undefended 0, at most 1: what is kept is the share. */
const cellOf = (kept: number): KeptCell => ({
  scenario: 'flip',
  family: 'indiscriminate',
  budget: 0.1,
  bySeed: new Map([[0, { defended: kept, undefended: 0, cap: 1 }]]),
});
const runOf = ([clean, kept]: readonly [number, number]) => ({ clean: new Map([[0, clean]]), cell: cellOf(kept) });
const rivalOf = (clean: number, ...members: (readonly [clean: number, kept: number])[]) =>
  rivalShareAt(cellOf(0.5), { clean: new Map([[0, clean]]), members: members.map(runOf), seeds: new Set([0]) }, [0]);

describe('worked by hand: of lengths (.7, .8), (.8, .5), (.9, 0), clean accuracy and share,', () => {
  const lengths = [
    [0.7, 0.8],
    [0.8, 0.5],
    [0.9, 0],
  ] as const;
  it('an entry of .8 meets the length of .8', () => expect(rivalOf(0.8, ...lengths)).toBeCloseTo(0.5, 12));
  it('one of .85 meets a lot, half .8 and half .9', () => expect(rivalOf(0.85, ...lengths)).toBeCloseTo(0.25, 12));
  it('one below all of them meets the best of them', () => expect(rivalOf(0.6, ...lengths)).toBeCloseTo(0.8, 12));
  it('one above all of them meets nothing', () => expect(rivalOf(0.95, ...lengths)).toBe(0));
});

it('a length below the line between two others is not drawn', () =>
  expect(rivalOf(0.8, [0.7, 0.8], [0.8, 0.1], [0.9, 0])).toBeCloseTo(0.4, 12));

it('a shorter run that keeps less is never drawn, and harm is not taken', () => {
  expect(rivalOf(0.8, [0.7, 0.1], [0.9, 0.3])).toBeCloseTo(0.3, 12);
  expect(rivalOf(0.8, [0.7, -0.2], [0.9, -0.1])).toBe(0);
});
