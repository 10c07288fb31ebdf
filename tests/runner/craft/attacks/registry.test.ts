import { describe, expect, it } from 'vitest';
import { wantsLabel } from '../../../../lib/catalog/aims.ts';
import { AttackId, attackNamed } from '../../../../lib/catalog/attacks/index.ts';
import { suites } from '../../../../lib/catalog/suites/index.ts';
import type { BudgetUnit, Craft, Poison } from '../../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { attacks } from '../../../../runner/craft/attacks/index.ts';
import { noBounds } from '../../../../runner/craft/attacks/room.ts';
import { probes } from '../../../../runner/craft/season/probes/index.ts';
import { poisoned } from '../../../../runner/craft/trial-data.ts';
import { rowSize } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

const listed = { ...attacks, ...probes };

/** Budgets that no attack takes, by what its budget counts. */
const impossible: Record<BudgetUnit, readonly number[]> = {
  rate: [0, -0.1, 1.1, Number.NaN],
  copies: [0, 1.5, -1],
  cluster: [0, 1.5, -1],
  share: [0, -0.1, 1.1, Number.NaN],
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
  room: noBounds(clean),
  ...listed[id].example,
  rng: rootOf(`attack ${seed}`),
  candidates: Int32Array.from({ length: 60 }, (_, row) => row + 20),
  points,
  surrogate: () => guesses(seed),
  ...changes,
});
const bytesOf = ({ index, labels, rows, overlay, aim }: Poison) =>
  JSON.stringify([index, labels, rows, overlay, aim].map((part) => part && JSON.stringify(part)));

describe.each(AttackId.options)('attack %s', (id) => {
  const attack = listed[id];
  const { budget, params, spares } = attack.example;
  const facts = attackNamed(id);

  it('stands in the registry under its own name, and in suites under its own family, with budgets and parameters that it takes', () => {
    expect(attack.id).toBe(id);
    for (const scenario of suites.flatMap((suite) => suite.scenarios).filter((one) => one.attack === id)) {
      expect([facts.family, 'adaptive']).toContain(scenario.family); // a grid of kinds
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
    expect(wanted !== null).toBe(wantsLabel(facts));
    expect(trigger !== null).toBe(facts.aim === 'triggered');
    const labels = new Set([...attacked].map((row) => test.y[row]));
    const sizes = {
      everything: attacked.length === test.n,
      group: labels.size < 5,
      targets: attacked.length === params.targets,
      triggered: labels.size >= 4,
    };
    expect(sizes[facts.aim]).toBe(true);
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
    if (facts.budget === 'rate' || facts.budget === 'share') expect(two).toThrow();
    else expect(two()).toBeGreaterThan(0);
  });

  it.each(impossible[facts.budget])('refuses a budget of %s', (wrong) =>
    expect(attack.poison(craftOf(id, 0, { budget: wrong }))).rejects.toThrow(),
  );

  it('refuses a parameter that it does not know', () =>
    expect(attack.poison(craftOf(id, 0, { params: { ...params, strenght: 1 } }))).rejects.toThrow(/strenght/));
});
