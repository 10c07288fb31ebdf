import { describe, expect, it } from 'vitest';
import { cheatEnd, type SecondCheat, type SecondCheatId, secondCheats } from '../../../lib/catalog/cheats-2.ts';
import { cheatsOnCore2, seedsOnCore2 } from '../../../lib/catalog/cheats-on-core-2.ts';

const cheats = Object.entries(secondCheats) as [SecondCheatId, SecondCheat][];

describe('cheats on core-2', () => {
  it.each(cheats)('%s was evaluated on as many seeds as its numbers on smoke-2 ask for', (id) => {
    const { mean, gain } = cheatsOnCore2.cheats[id];
    expect([mean.n, gain.n]).toEqual([seedsOnCore2(id), seedsOnCore2(id)]);
    expect(mean.low === null).toBe(mean.n < 5);
  });

  it.each(cheats.filter(([, { holds }]) => holds === 'nothing'))('%s is stopped: it holds nothing', (id) => {
    expect(cheatEnd(cheatsOnCore2.cheats[id])).not.toBe('not stopped');
  });
});
