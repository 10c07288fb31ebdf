import { describe, expect, it } from 'vitest';
import { attackProfiles } from '../../../lib/benchmark/attack-profiles.ts';
import type { LabeledSet } from '../../../lib/benchmark/defense.ts';
import { AttackId } from '../../../lib/benchmark/ids.ts';
import { suites } from '../../../lib/benchmark/suites/index.ts';
import type { Craft, Poison } from '../../../runner/attacks/attack.ts';
import { attacks } from '../../../runner/attacks/index.ts';
import { rowSize } from '../../../runner/datasets/rows.ts';
import { type Rng, rootOf } from '../../../runner/rng.ts';
import { poisoned } from '../../../runner/suite/trial-data.ts';

/** A budget and parameters for each attack, on sets of a few hundred rows. A new attack brings its line. */
const settings: Record<AttackId, { budget: number; params: Record<string, unknown>; impossible: number[] }> = {
  'label-flip': { budget: 0.29, params: {}, impossible: [0, -0.1, 1.1, Number.NaN] },
  'confidence-flip': { budget: 0.29, params: {}, impossible: [0, -0.1, 1.1] },
  'target-insertion': { budget: 7, params: { targets: 5 }, impossible: [0, 1.5, -1] },
  badnets: { budget: 0.1, params: { target: 2, patch: 3 }, impossible: [0, 2] },
};

function noise(n: number, name: string): LabeledSet {
  const rng = rootOf(name);
  return { n, classes: 5, shape: [8, 8, 1], scale: 255, x: rng.bytes(n * 64), y: Int32Array.from({ length: n }, () => rng.below(5)) };
}
const clean = noise(300, 'train');
const test = noise(100, 'test');

/** No model at all: what matters here is that its numbers descend from the generator that it is given. */
async function guesses(rng: Rng): Promise<Float64Array> {
  return Float64Array.from({ length: clean.n * clean.classes }, () => rng.uniform());
}
const craftOf = (id: AttackId, seed: number, changes: Partial<Craft<unknown>> = {}): Craft<unknown> => ({
  clean,
  test,
  ...settings[id],
  rng: rootOf(`attack ${seed}`),
  candidates: Int32Array.from({ length: 60 }, (_, row) => row + 20),
  surrogate: guesses,
  ...changes,
});
const bytesOf = ({ index, labels, rows, aim }: Poison) => JSON.stringify([index, labels, rows, aim].map((part) => part && JSON.stringify(part)));

describe.each(AttackId.options)('attack %s', (id) => {
  const attack = attacks[id];
  const { budget, params, impossible } = settings[id];

  it('stands in the registry under its own name, and in suites under its own family', () => {
    expect(attack.id).toBe(id);
    for (const scenario of suites.flatMap((suite) => suite.scenarios)) if (scenario.attack === id) expect(scenario.family).toBe(attack.family);
  });

  it('touches only the rows it names, uses its budget and keeps to it', async () => {
    const poison = await attack.poison(craftOf(id, 0));
    const after = poisoned(clean, poison);
    const named = new Set(poison.index);
    expect(after.n).toBe(clean.n);
    expect(named.size).toBe(poison.index.length);
    expect(poison.index.length).toBe(attack.allowance(clean.n, budget, params));
    const size = rowSize(clean);
    for (let row = 0; row < clean.n; row++) {
      const same =
        Buffer.from(after.x.subarray(row * size, row * size + size)).equals(clean.x.subarray(row * size, row * size + size)) && after.y[row] === clean.y[row];
      if (!named.has(row)) expect(same).toBe(true);
    }
  });

  it('gives every row the label that it tells, and pixels in uint8', async () => {
    const poison = await attack.poison(craftOf(id, 0));
    const after = poisoned(clean, poison);
    expect([...poison.index].map((row) => after.y[row])).toEqual([...poison.labels]);
    expect(after.x).toBeInstanceOf(Uint8Array);
    if (poison.rows) expect(poison.rows).toBeInstanceOf(Uint8Array);
  });

  it('is decided by the seed: the same again, another with another', async () => {
    const [first, again, other] = await Promise.all([0, 0, 1].map((seed) => attack.poison(craftOf(id, seed))));
    expect(bytesOf(again!)).toBe(bytesOf(first!));
    expect(bytesOf(other!)).not.toBe(bytesOf(first!));
  });

  it('leaves the clean data as it was', async () => {
    const before = Buffer.from(clean.x).toString('hex');
    await attack.poison(craftOf(id, 0));
    expect(Buffer.from(clean.x).toString('hex')).toBe(before);
  });

  it('counts its budget as its words say: a share is at most 1, a number of rows may be more', () => {
    const two = () => attack.allowance(clean.n, 2, params);
    if (attackProfiles[id].budget === 'rate') expect(two).toThrow();
    else expect(two()).toBeGreaterThan(0);
  });

  it.each(impossible)('refuses a budget of %s', (wrong) => expect(attack.poison(craftOf(id, 0, { budget: wrong }))).rejects.toThrow());

  it('refuses a parameter that it does not know', () =>
    expect(attack.poison(craftOf(id, 0, { params: { ...params, strenght: 1 } }))).rejects.toThrow(/strenght/));
});
