import { describe, expect, it } from 'vitest';
import { type SecondCheat, secondCheats } from '../../../lib/catalog/cheats-2.ts';
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

  it('has all that hold what is public, but for those that the table of cheats calls unmeasured', () => {
    const holding = Object.entries<SecondCheat>(secondCheats).filter(([, { holds }]) => holds !== 'nothing');
    for (const [id, { unmeasured }] of holding) expect(id in cheatsInSeason.cheats, id).toBe(unmeasured === undefined);
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
