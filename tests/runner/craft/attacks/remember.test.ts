import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { rememberLatest } from '../../../../runner/craft/attacks/remember.ts';

const set = (): LabeledSet => ({
  n: 1,
  classes: 2,
  shape: [1],
  scale: 255,
  x: new Uint8Array(1),
  y: new Int32Array(1),
});

describe('rememberLatest', () => {
  it('makes a result once for a set and a key, and again for another of either', async () => {
    const remembered = rememberLatest<number>();
    let made = 0;
    const make = async () => ++made;
    const [one, other] = [set(), set()];
    expect([await remembered(one, 'a', make), await remembered(one, 'a', make)]).toEqual([1, 1]);
    expect([
      await remembered(one, 'b', make),
      await remembered(other, 'b', make),
      await remembered(one, 'b', make),
    ]).toEqual([2, 3, 2]);
  });
});
