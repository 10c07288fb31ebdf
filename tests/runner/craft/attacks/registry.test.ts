import { describe, expect, it } from 'vitest';
import { aimOf, wantsLabel } from '../../../../lib/catalog/aims.ts';
import { attackProfiles } from '../../../../lib/catalog/attack-profiles.ts';
import { suites } from '../../../../lib/catalog/suites/index.ts';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { AttackId } from '../../../../lib/contract/ids.ts';
import type { Craft, Poison } from '../../../../runner/craft/attacks/attack.ts';
import { attacks } from '../../../../runner/craft/attacks/index.ts';
import { poisoned } from '../../../../runner/craft/trial-data.ts';
import { rowSize } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

/**
 * A budget and parameters for each attack, on sets of a few hundred rows. `spares`: it need not use all of its budget.
 * A new attack brings its line.
 */
const settings: Record<
  AttackId,
  { budget: number; params: Record<string, unknown>; impossible: number[]; spares?: true }
> = {
  'label-flip': { budget: 0.29, params: {}, impossible: [0, -0.1, 1.1, Number.NaN] },
  'confidence-flip': { budget: 0.29, params: {}, impossible: [0, -0.1, 1.1] },
  'target-insertion': { budget: 7, params: { targets: 5 }, impossible: [0, 1.5, -1] },
  badnets: { budget: 0.1, params: { target: 2, patch: 3 }, impossible: [0, 2] },
  'pair-flip': { budget: 0.29, params: {}, impossible: [0, 1.1] },
  'one-class-flip': { budget: 0.9, params: { from: 1, to: 3 }, impossible: [0, 1.1], spares: true },
  ops: { budget: 0.5, params: {}, impossible: [0, 1.1] },
  slab: { budget: 0.29, params: {}, impossible: [0, 1.1] },
  blend: { budget: 0.1, params: { target: 2 }, impossible: [0, 2] },
  'cluster-flip': { budget: 2, params: { clusters: 2, leastTestRows: 2 }, impossible: [0, 1.5], spares: true },
  'clip-rate': { budget: 0.2, params: { target: 2, strength: 60 }, impossible: [0, 2] },
  'adap-blend': { budget: 0.2, params: { target: 2, strength: 60 }, impossible: [0, 0.6] },
  'near-clone-slab': { budget: 0.2, params: { cloth: 0.3 }, impossible: [0, 2] },
};

function noise(n: number, name: string): LabeledSet {
  const rng = rootOf(name);
  return {
    n,
    classes: 5,
    shape: [8, 8, 1],
    scale: 255,
    x: rng.bytes(n * 64),
    y: Int32Array.from({ length: n }, () => rng.below(5)),
  };
}
const clean = noise(300, 'train');
const test = noise(100, 'test');

/** No model at all: what matters here is that its numbers descend from the seed. */
async function guesses(seed: number): Promise<Float64Array> {
  const rng = rootOf(`surrogate ${seed}`);
  return Float64Array.from({ length: clean.n * clean.classes }, () => rng.uniform());
}
const points = [0, 1].map((label) => ({ label, share: 0.5, pixels: new Uint8Array(64).fill(120 + label) }));
const craftOf = (id: AttackId, seed: number, changes: Partial<Craft<unknown>> = {}): Craft<unknown> => ({
  clean,
  test,
  ...settings[id],
  rng: rootOf(`attack ${seed}`),
  candidates: Int32Array.from({ length: 60 }, (_, row) => row + 20),
  points,
  surrogate: () => guesses(seed),
  ...changes,
});
const bytesOf = ({ index, labels, rows, overlay, aim }: Poison) =>
  JSON.stringify([index, labels, rows, overlay, aim].map((part) => part && JSON.stringify(part)));

describe.each(AttackId.options)('attack %s', (id) => {
  const attack = attacks[id];
  const { budget, params, impossible, spares } = settings[id];

  it('stands in the registry under its own name, and in suites under its own family, with budgets and parameters that it takes', () => {
    expect(attack.id).toBe(id);
    for (const scenario of suites.flatMap((suite) => suite.scenarios).filter((one) => one.attack === id)) {
      expect(scenario.family).toBe(attack.family);
      for (const given of scenario.budgets) expect(attack.allowance(60_000, given, scenario.params)).toBeGreaterThan(0);
    }
  });

  it('touches only the rows it names, uses its budget and keeps to it', async () => {
    const poison = await attack.poison(craftOf(id, 0));
    const after = poisoned(clean, poison);
    const named = new Set(poison.index);
    expect(after.n).toBe(clean.n);
    expect(named.size).toBe(poison.index.length);
    const allowance = attack.allowance(clean.n, budget, params);
    expect(poison.index.length).toBeGreaterThan(0);
    expect(poison.index.length).toBeLessThanOrEqual(allowance);
    if (!spares) expect(poison.index.length).toBe(allowance);
    const size = rowSize(clean);
    for (let row = 0; row < clean.n; row++) {
      const same =
        Buffer.from(after.x.subarray(row * size, row * size + size)).equals(
          clean.x.subarray(row * size, row * size + size),
        ) && after.y[row] === clean.y[row];
      if (!named.has(row)) expect(same).toBe(true);
    }
  });

  it('gives every row the label that it tells, and pixels in uint8', async () => {
    const poison = await attack.poison(craftOf(id, 0));
    const after = poisoned(clean, poison);
    expect([...poison.index].map((row) => after.y[row])).toEqual([...poison.labels]);
    expect(after.x).toBeInstanceOf(Uint8Array);
    for (const pixels of [poison.rows, poison.overlay?.pixels, poison.overlay?.opacity])
      if (pixels) expect(pixels).toBeInstanceOf(Uint8Array);
  });

  it('measures the rows that its aim says, and wants labels where its aim has some', async () => {
    const { attacked, wanted, trigger } = (await attack.poison(craftOf(id, 0))).aim;
    const aim = aimOf(id);
    expect(wanted !== null).toBe(wantsLabel(id));
    expect(trigger !== null).toBe(aim === 'triggered');
    const labels = new Set([...attacked].map((row) => test.y[row]));
    const sizes = {
      everything: attacked.length === test.n,
      group: labels.size === 1,
      targets: attacked.length === 5,
      triggered: labels.size === 4,
    };
    expect(sizes[aim]).toBe(true);
    for (const [i, label] of (wanted ?? []).entries()) expect(label).not.toBe(test.y[attacked[i]!]);
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

  it.each(impossible)('refuses a budget of %s', (wrong) =>
    expect(attack.poison(craftOf(id, 0, { budget: wrong }))).rejects.toThrow(),
  );

  it('refuses a parameter that it does not know', () =>
    expect(attack.poison(craftOf(id, 0, { params: { ...params, strenght: 1 } }))).rejects.toThrow(/strenght/));
});
