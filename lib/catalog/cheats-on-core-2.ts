import type { Estimate } from '../contract/report.ts';
import { type SecondCheat, type SecondCheatId, secondCheats } from './cheats-2.ts';
import measured from './cheats-on-core-2.json' with { type: 'json' };

export type CheatOnCore2 = {
  readonly mean: Estimate;
  readonly gain: Estimate;
  readonly flags: readonly string[];
};

/**
 * Every cheat against the second rules, on the first seeds of core-2. tests/cheats/core-2.test.ts evaluates each again
 * and writes what it measured as tests/.out/cheats-on-core-2.json, in this form.
 */
export const cheatsOnCore2: {
  readonly engine: string;
  readonly harness: string;
  readonly date: string;
  readonly cheats: Readonly<Record<SecondCheatId, CheatOnCore2>>;
} = measured;

/**
 * How many seeds a cheat has there: five, the fewest that have an interval, where it comes near on smoke-2, by a mean
 * of .05 at least, or holds something; else two.
 */
export function seedsOnCore2(id: SecondCheatId): number {
  const { holds, mean }: SecondCheat = secondCheats[id];
  return holds !== 'nothing' || mean >= 0.05 ? 5 : 2;
}
