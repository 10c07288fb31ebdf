import { describe, expect, it } from 'vitest';
import { secondCheats } from '../../../lib/catalog/cheats-2.ts';
import { type CheatInSeason, cheatsInSeason, type InProbes } from '../../../lib/catalog/cheats-in-season.ts';

const cheats = Object.entries<CheatInSeason>(cheatsInSeason.cheats);

describe('what the page says of cheats in a season', () => {
  it.each(cheats)(
    '%s is not above none by more than its interval, and not above its public mean',
    (id, { mean, low }) => {
      expect(low ?? mean).toBeLessThanOrEqual(0);
      expect(mean).toBeLessThanOrEqual(secondCheats[id as keyof typeof secondCheats].mean);
    },
  );

  it('has all that hold what is public', () => {
    const holding = Object.entries(secondCheats).flatMap(([id, { holds }]) => (holds === 'nothing' ? [] : [id]));
    expect(Object.keys(cheatsInSeason.cheats)).toEqual(expect.arrayContaining(holding));
  });

  it.each(Object.entries<InProbes>(cheatsInSeason.honest))(
    '%s, an honest defense, is below every limit',
    (_, probes) => {
      const { oldNames, shuffled, otherNames, lost, fewRows } = probes;
      expect(Math.max(oldNames!, shuffled!, otherNames!, fewRows!)).toBeLessThan(0.2);
      expect(lost).toBeLessThan(0.3);
    },
  );
});
