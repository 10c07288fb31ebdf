import { expect, it } from 'vitest';
import { excerpt } from '../../support/excerpt.ts';
import { drawOf, lookAtDraw } from '../../support/whole-draw.ts';

/** The lane `draw` does the same on whole data sets. */
it.each(['smoke', 'core'] as const)(
  'plan %s is drawn on real data of 26 classes: one n and histogram in every trial of a seed, and labels and twins tell nothing',
  {
    timeout: 300_000,
  },
  async (plan) => {
    const { wrong, leaks } = await lookAtDraw(
      drawOf(plan, 'emnist-letters', plan === 'smoke' ? [0, 1] : [0], 1_000),
      excerpt(),
      250,
    );
    expect(wrong).toEqual([]);
    expect(leaks.trials!.length).toBeGreaterThan(6);
    expect(leaks.trials!.filter(({ ok }) => !ok)).toEqual([]);
    expect(leaks.broken).toEqual([]);
  },
);
