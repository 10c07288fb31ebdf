import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { leaksOf } from '../../../../runner/craft/gates/gates.ts';
import { type Inspected, inspectCell } from '../../../../runner/craft/gates/inspect-cell.ts';
import { areaUnderCurve, type FeatureCell, testFeature } from '../../../../runner/craft/gates/leak-lint.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
import { toyRows } from '../../../support/toy.ts';

const n = 3_000;
const clean = toyRows(n, 'clean');
type Given = { train: LabeledSet; isPoison: Uint8Array };

/** A toy trial whose poison lies at these places. */
function given(places: Iterable<number>): Given {
  const isPoison = new Uint8Array(n);
  for (const place of places) isPoison[place] = 1;
  return { train: { ...clean, x: clean.x.slice(), y: clean.y.slice() }, isPoison };
}
const inspected = (data: Given, seed = 0, budget = 0.1): Inspected =>
  inspectCell({ scenario: 'toy', budget, seed }, 'fashion-mnist', clean, data);
const honest = (k: number, seed = 0) => given(rootOf(`honest ${seed}`).sample(n, k));
const testOf = (feature: string, { tests }: ReturnType<typeof leaksOf>) =>
  tests.find((test) => test.feature === feature)!;

describe('the leak lint', () => {
  it('passes poison at random places', () => {
    const leaks = leaksOf([inspected(honest(400)), inspected(honest(400, 1), 1)]);
    expect(leaks).toMatchObject({ cells: 2, ok: true, broken: [] });
    expect(testOf('place', leaks).auc).not.toBeNull();
    expect(leaks.tests.filter(({ feature }) => feature !== 'place').map(({ p, auc }) => [p, auc?.value])).toEqual([
      [1, 0.5],
      [1, 0.5],
    ]);
  });

  it.each([
    ['at the end', Array.from({ length: 40 }, (_, i) => n - 1 - i)],
    ['in a block of the middle, where no trend shows it', Array.from({ length: 40 }, (_, i) => n / 2 - 20 + i)],
  ])('fails poison %s, by its place, and by that alone', (_, places) => {
    const leaks = leaksOf([inspected(given(places)), inspected(honest(40, 1), 1)]);
    expect(leaks.ok).toBe(false);
    expect(leaks.tests.filter(({ ok }) => !ok).map(({ feature, p }) => [feature, p])).toEqual([['place', 1 / 2000]]);
  });

  it('fails a tendency that only the area under the curve is strict about, where there is enough poison to tell', () => {
    const tends = Array.from({ length: 300 }, (_, i) => Math.floor(n * Math.sqrt((i + 0.5) / 300)));
    const place = testOf('place', leaksOf([inspected(given(tends))]));
    expect([place.ok, place.auc!.value > 0.6]).toEqual([false, true]);
    expect(testOf('place', leaksOf([inspected(given(tends.slice(0, 299)))])).auc).toBeNull();
  });

  it('fails one exact copy, by name, though one is too few for any test', () => {
    const data = honest(400);
    const place = data.isPoison.indexOf(1);
    data.train.x.copyWithin(place * 30, ((place + 7) % n) * 30, ((place + 7) % n) * 30 + 30);
    const leaks = leaksOf([inspected(data)]);
    expect([leaks.ok, leaks.broken]).toEqual([
      false,
      [`toy 0.1 0: the poisoned row in place ${place} has an exact copy`],
    ]);
  });

  it('fails copies among the poison by the test of duplicates, and lets clean rows be alike', () => {
    const data = honest(400);
    const places = [...data.isPoison.keys()];
    const poison = places.filter((place) => data.isPoison[place] === 1);
    for (const place of poison.slice(1, 40)) data.train.x.copyWithin(place * 30, poison[0]! * 30, poison[0]! * 30 + 30);
    expect(testOf('duplicates', leaksOf([inspected(data)]))).toMatchObject({ p: 1 / 2000, ok: false });
    const alike = honest(400);
    const [one, other] = places.filter((place) => alike.isPoison[place] === 0);
    alike.train.x.copyWithin(one! * 30, other! * 30, other! * 30 + 30);
    expect(leaksOf([inspected(alike)]).ok).toBe(true);
  });

  it('fails what is left beside whole numbers, by the test of residue, and by its type', () => {
    const data = honest(400);
    const x = Float32Array.from(data.train.x);
    for (const place of data.isPoison.keys()) if (data.isPoison[place] === 1) x[place * 30]! += 0.25;
    const seen = inspected({ ...data, train: { ...data.train, x: x as unknown as Uint8Array } });
    expect(seen.breaks).toEqual(['toy 0.1 0: the pixels are not uint8']);
    const leaks = leaksOf([seen]);
    expect(leaks.tests.filter(({ ok }) => !ok).map(({ feature }) => feature)).toEqual(['residue']);
    expect(testOf('residue', leaks).auc!.value).toBe(1);
  });

  it('leaves out cells whose rows are all poison', () => {
    expect(leaksOf([inspected(given(Array(n).keys())), inspected(honest(400))]).cells).toBe(1);
  });
});

describe('every trial of a data set is given the same form', () => {
  const breaks = (change: (train: LabeledSet) => LabeledSet) =>
    inspected({ ...honest(10), train: change(honest(10).train) }).breaks;
  it.each<[string, (train: LabeledSet) => LabeledSet]>([
    [
      'toy 0.1 0: n is 2999, want 3000',
      (train) => ({ ...train, n: n - 1, x: train.x.subarray(30), y: train.y.subarray(1) }),
    ],
    [
      'toy 0.1 0: the labels are not int32',
      (train) => ({ ...train, y: Float32Array.from(train.y) as unknown as Int32Array }),
    ],
    ['toy 0.1 0: the pixels are 89999, want 30 a row', (train) => ({ ...train, x: train.x.subarray(1) })],
    ['toy 0.1 0: the labels are 2999, want one a row', (train) => ({ ...train, y: train.y.subarray(1) })],
    [
      'toy 0.1 0: a label is no class',
      (train) => ({ ...train, y: train.y.map((label, row) => (row === 5 ? 4 : label)) }),
    ],
  ])('%s', (sentence, change) => expect(breaks(change)).toEqual([sentence]));

  it('and an honest one breaks nothing', () => expect(inspected(honest(10)).breaks).toEqual([]));
});

describe('the permutation test', () => {
  /** Four budgets of one scenario take the same rows first, and share an order: as little evidence as one of them. */
  const nested = (name: string): FeatureCell[] => {
    const rows = rootOf(name).sample(600, 120);
    const values = Float64Array.from({ length: 600 }, (_, place) => place);
    return [30, 60, 90, 120].map((k) => ({
      scenario: 'toy',
      budget: k,
      seed: 0,
      order: 'one',
      poison: rows.slice(0, k),
      values,
    }));
  };
  it('is no keener than it says where cells share rows', () => {
    const ps = Array.from({ length: 60 }, (_, at) => testFeature('place', nested(`null ${at}`)).p);
    expect(ps.filter((p) => p <= 0.1).length).toBeLessThanOrEqual(12);
    expect(ps.filter((p) => p <= 0.5).length).toBeGreaterThan(18);
    expect(ps.filter((p) => p <= 0.5).length).toBeLessThan(42);
  });
});

it('the area under the curve is the chance that a poisoned row has the larger value, ties counting half', () => {
  const rng = rootOf('auc');
  const values = Float64Array.from({ length: 80 }, () => rng.below(12));
  const poison = rng.sample(80, 17);
  const others = [...values.keys()].filter((row) => !poison.includes(row));
  let wins = 0;
  for (const row of poison)
    for (const other of others) wins += values[row]! > values[other]! ? 1 : values[row] === values[other] ? 0.5 : 0;
  expect(areaUnderCurve(poison, values)).toBeCloseTo(wins / (17 * 63), 12);
});
