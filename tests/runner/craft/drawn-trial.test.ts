import { describe, expect, it } from 'vitest';
import type { Poison } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { SuiteSchema } from '../../../lib/contract/suite.ts';
import { givenOf } from '../../../runner/craft/base.ts';
import { exchangeFor } from '../../../runner/craft/drawn-rows.ts';
import { drawJitter, hygieneSeeds, jittered, secretOrder } from '../../../runner/craft/hygiene.ts';
import { settingOf } from '../../../runner/craft/setting.ts';
import { assemble } from '../../../runner/craft/trial-data.ts';
import { takeRows } from '../../../runner/datasets/rows.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { suite as plain } from '../../support/toy-suite.ts';

const size = 36;
/** Twelve classes of 180 rows each, mixed. */
function set(each: number, name: string): LabeledSet {
  const n = 12 * each;
  const y = rootOf(name).shuffle(Int32Array.from({ length: n }, (_, row) => row % 12));
  const x = rootOf(name)
    .bytes(n * size)
    .map((value) => 20 + (value >> 1)); // no row clips
  return { n, classes: 12, shape: [6, 6, 1], scale: 255, x, y };
}
const split = { train: set(180, 'train'), test: set(20, 'test') };
const draw = { plan: 'smoke', dataset: 'toy', seed: '0123456789abcdef'.repeat(4) };
const setting = { dataset: 'toy', seed: 3, draw };
const given = givenOf(split, setting);
const clean = assemble(split, setting, null);
const counts = ({ y }: LabeledSet) => Array.from({ length: 10 }, (_, label) => y.filter((own) => own === label).length);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const aim = { attacked: Int32Array.of(10, 4), wanted: Int32Array.of(1, 2), trigger: null };
const index = rootOf('index').sample(1_000, 60);
const poison: Poison = {
  index,
  labels: Int32Array.from({ length: 60 }, (_, i) => (i < 40 ? 4 : i % 10)),
  rows: rootOf('rows').bytes(60 * size),
  aim,
};
const others: Poison[] = [
  { index: index.slice(0, 50), labels: new Int32Array(50).fill(7), rows: null, aim },
  { index, labels: index.map((row) => given.train.y[row]!), rows: rootOf('clean label').bytes(60 * size), aim },
];

describe('a trial of a drawn suite', () => {
  it('has as many rows of each class as every other trial of its seed, attacked or not', () => {
    expect(clean.train.n).toBe(1_000);
    for (const one of [poison, ...others])
      expect(counts(assemble(split, setting, one).train)).toEqual(counts(clean.train));
    expect(counts(assemble(split, { ...setting, seed: 4 }, null).train)).not.toEqual(counts(clean.train));
  });

  it('is base, poison and exchanged rows under the jitter of their places, in the order of its seed', () => {
    const [x, y] = [given.train.x.slice(), given.train.y.slice()];
    const { leave, enter } = exchangeFor(given.drawn!.rows, poison);
    expect(leave.length).toBeGreaterThan(10);
    const entering = takeRows(given.drawn!.source, enter);
    leave.forEach((row, i) => {
      x.set(entering.x.subarray(i * size, (i + 1) * size), row * size);
      y[row] = entering.y[i]!;
    });
    poison.index.forEach((row, i) => {
      x.set(poison.rows!.subarray(i * size, (i + 1) * size), row * size);
      y[row] = poison.labels[i]!;
    });
    const seeds = hygieneSeeds(setting);
    const order = secretOrder(seeds.order, 1_000);
    const whole = jittered({ ...given.train, x, y }, drawJitter(seeds.train, 1_000, size), order, order);
    const { train, isPoison } = assemble(split, setting, poison);
    expect(hex(train.x)).toBe(hex(whole.x));
    expect([...train.y]).toEqual([...whole.y]);
    const named = new Set(poison.index);
    expect([...isPoison]).toEqual([...order].map((row) => Number(named.has(row))));
  });

  it('is of ten classes of the data set, called 0 to 9 in their order, in training and in test', () => {
    const kept = [...new Set([...given.test.y])].sort((a, b) => a - b);
    expect(kept).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([given.train.classes, given.test.n]).toEqual([10, 200]);
    const where = (rows: LabeledSet, row: number, within: LabeledSet) =>
      Buffer.from(within.x).indexOf(rows.x.subarray(row * size, (row + 1) * size)) / size;
    const called = new Map<number, number>();
    for (const [rows, within] of [
      [given.train, split.train],
      [given.test, split.test],
    ] as const)
      for (let row = 0; row < rows.n; row += 7) called.set(within.y[where(rows, row, within)]!, rows.y[row]!);
    const inOrder = [...called].sort(([a], [b]) => a - b);
    expect(inOrder.map(([, own]) => own)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('weighs classes as its training set does where any mistake serves the attacker, and nowhere else', () => {
    expect(assemble(split, setting, poison).attacked!.shares).toBeUndefined();
    const any = assemble(split, setting, { ...poison, aim: { ...aim, wanted: null } });
    expect([...any.attacked!.shares!]).toEqual(counts(any.train).map((count) => count / any.train.n));
  });

  it('is another one for another seed, of the trial or of the draw', () => {
    const seen = [
      setting,
      { ...setting, seed: 4 },
      { ...setting, draw: { ...draw, seed: 'f'.repeat(64) } },
      { ...setting, draw: { ...draw, plan: 'core' } },
    ].map((one) => hex(assemble(split, one, null).train.x));
    expect(new Set(seen).size).toBe(4);
  });

  it('can not be made without the seed that its suite was drawn from', () => {
    const season = SuiteSchema.parse({ ...plain, rules: { hygiene: 2, scoring: 2 } });
    expect(() => settingOf(season, setting)).toThrow(RangeError);
    expect(settingOf({ ...season, draw }, setting)).toEqual(setting);
    expect(settingOf(plain, setting)).toEqual({ dataset: 'toy', seed: 3 });
  });
});
