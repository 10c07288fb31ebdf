import { describe, expect, it } from 'vitest';
import { cheatEnd, type SecondCheat, type SecondCheatId, secondCheats } from '../../../lib/catalog/cheats-2.ts';
import { cheatsOnCore2, seedsOnCore2 } from '../../../lib/catalog/cheats-on-core-2.ts';

describe.each(Object.entries(secondCheats) as [SecondCheatId, SecondCheat][])('%s on core-2', (id, { holds }) => {
  const { mean, gain, flags } = cheatsOnCore2.cheats[id];

  it('was evaluated on as many seeds as its numbers on smoke-2 ask for', () => {
    expect([mean.n, gain.n]).toEqual([seedsOnCore2(id), seedsOnCore2(id)]);
    expect(mean.low === null).toBe(mean.n < 5);
  });

  it.runIf(holds === 'nothing')('is stopped: it holds nothing', () => {
    expect(cheatEnd({ mean, gain, flags })).not.toBe('not stopped');
  });
});
