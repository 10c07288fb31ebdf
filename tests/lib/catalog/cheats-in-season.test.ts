import { describe, expect, it } from 'vitest';
import { type SecondCheat, secondCheats } from '../../../lib/catalog/cheats-2.ts';
import { type CheatInSeason, cheatsInSeason, type InProbes } from '../../../lib/catalog/cheats-in-season.ts';

const cheats = Object.entries<CheatInSeason>(cheatsInSeason.cheats);
const about: Readonly<Record<string, SecondCheat>> = secondCheats;

describe('what the page says of cheats in a season', () => {
  it.each(cheats.filter(([id]) => about[id]!.holds.startsWith('public')))(
    '%s, which holds what is public, is not above none by more than its interval, and below its public mean',
    (id, { mean }) => {
      expect(mean.low).toBeLessThanOrEqual(0);
      expect(mean.value).toBeLessThan(about[id]!.mean);
    },
  );

  it.each(cheats.filter(([id]) => about[id]!.holds === 'nothing'))(
    '%s, which holds nothing, gains no more than its interval over training less',
    (_, { gain }) => {
      expect(gain.low).toBeLessThanOrEqual(0);
    },
  );

  it('has all that hold something, and all that end above .1 in public without a flag', () => {
    for (const [id, { holds, ends, mean }] of Object.entries(about))
      expect(id in cheatsInSeason.cheats, id).toBe(holds !== 'nothing' || (ends === 'no gain' && mean > 0.1));
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
