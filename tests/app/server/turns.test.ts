import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Turn, Turns } from '../../../app/server/turns.ts';

const limits = { atOnce: 3, each: 2, waiting: 4, eachWaiting: 2, patienceMs: 10_000, holdMs: 5000 };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('turns', () => {
  /** Asks for turns of these callers, and says who has one by now. */
  function crowd(turns: Turns) {
    const got: { who: string; turn: Turn | null }[] = [];
    const seen = async () => {
      await vi.advanceTimersByTimeAsync(0);
      return got.map(({ who, turn }) => (turn ? who : `${who} refused`));
    };
    const ask = (...callers: string[]) => {
      for (const who of callers) turns.take(who).then((turn) => got.push({ who, turn }));
      return seen();
    };
    return { ask, seen, end: (at: number) => got[at]!.turn!() };
  }

  const crowdOf = () => crowd(new Turns(limits));

  it('are given to so many at once, and then in the order of asking', async () => {
    const { ask, seen, end } = crowdOf();
    expect(await ask('a', 'b', 'c', 'd', 'e')).toEqual(['a', 'b', 'c']);
    end(1);
    expect(await seen()).toEqual(['a', 'b', 'c', 'd']);
    end(1);
    expect(await seen(), 'given back twice, it counts once').toEqual(['a', 'b', 'c', 'd']);
    end(0);
    expect(await seen()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are never all one caller’s, who does not stop others in line either', async () => {
    const { ask, seen, end } = crowdOf();
    expect(await ask('a', 'a', 'a', 'a', 'b')).toEqual(['a', 'a', 'b']);
    end(2);
    expect(await seen()).toEqual(['a', 'a', 'b']);
    expect(await ask('c')).toEqual(['a', 'a', 'b', 'c']);
    end(0);
    expect(await seen()).toEqual(['a', 'a', 'b', 'c', 'a']);
  });

  it('are refused at once where too many wait, of all or of one caller', async () => {
    const { ask } = crowdOf();
    expect(await ask('a', 'a', 'b', 'a', 'a', 'a')).toEqual(['a', 'a', 'b', 'a refused']);
    expect(await ask('c', 'd', 'e')).toEqual(['a', 'a', 'b', 'a refused', 'e refused']);
  });

  it('are refused to who has waited too long, and taken from who holds them too long', async () => {
    const slow = new Turns({ ...limits, holdMs: 60_000 });
    const { ask, seen } = crowd(slow);
    await ask('a', 'b', 'c', 'd');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await seen()).toEqual(['a', 'b', 'c', 'd refused']);
    await ask('e');
    await vi.advanceTimersByTimeAsync(5000);
    expect(await seen()).toEqual(['a', 'b', 'c', 'd refused']);
    const held = crowdOf();
    await held.ask('a', 'b', 'c', 'd');
    await vi.advanceTimersByTimeAsync(5000);
    expect(await held.seen()).toEqual(['a', 'b', 'c', 'd']);
  });
});
