import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawnClasses as planned } from '../../../lib/catalog/plans/plan.ts';
import {
  type DrawnRows,
  drawClasses,
  drawHistogram,
  drawnClasses,
  drawRows,
  type Exchange,
  exchangeFor,
  leastCleanRows,
  roomIn,
  rowsFor,
} from '../../../runner/craft/drawn-rows.ts';
import { rootOf } from '../../../runner/random/rng.ts';

/** Ten classes of 170 to 260 rows, mixed. */
const labels = rootOf('labels').shuffle(
  Int32Array.from(Array.from({ length: 10 }, (_, label) => Array(170 + 10 * label).fill(label)).flat()),
);
it('a drawn set has the classes that its plan says', () => {
  expect(drawnClasses).toBe(planned);
});

const seeds = Array.from({ length: 30 }, (_, seed) => seed);
const drawOf = (seed: number) => drawRows(labels, rootOf(`draw ${seed}`));
const rowsOfClass = (label: number) => labels.filter((own) => own === label).length;
const labelsOf = (rows: Int32Array) => rows.map((row) => labels[row]!);
const counts = (of: Int32Array) => Array.from({ length: 10 }, (_, label) => of.filter((own) => own === label).length);

type Named = { index: Int32Array; labels: Int32Array };

/** Takes k rows at random and labels them at random: unbalanced, and within what an attack may do. */
function randomPoison(seed: number, { base }: DrawnRows, k = 40): Named {
  const rng = rootOf(`poison ${seed}`);
  const favorite = rng.below(10);
  return {
    index: rng.sample(base.length, k),
    labels: Int32Array.from({ length: k }, () => (rng.below(2) ? favorite : rng.below(10))),
  };
}

/**
 * The rule, word for word and slowly: of each class the first h − p rows of its order that the poison does not name.
 */
function cleanRowsByRule({ histogram, base, reserve }: DrawnRows, poison: Named): number[] {
  const clean: number[] = [];
  let begin = 0;
  for (const [label, all] of histogram.entries()) {
    const order = [...base.slice(begin, begin + all), ...reserve[label]!];
    const named = [...poison.index].map((place) => base[place]!);
    const wanted = all - [...poison.labels].filter((own) => own === label).length;
    const unnamed = order.filter((row) => !named.includes(row));
    clean.push(...unnamed.slice(0, wanted));
    begin += all;
  }
  return clean.sort((a, b) => a - b);
}

function cleanRowsBy({ leave, enter }: Exchange, { base }: DrawnRows, { index }: Named): number[] {
  const gone = new Set([...index, ...leave]);
  return [...base.filter((_, place) => !gone.has(place)), ...enter].sort((a, b) => a - b);
}

describe('the rows of a drawn seed', () => {
  it('number 30,000 where each class has 5,000 rows, 28,000 at 4,800, and six times the smallest class below', () => {
    const rows = [6_000, 5_000, 4_800, 300, 167].map((smallest) => rowsFor(smallest));
    expect(rows).toEqual([30_000, 30_000, 28_000, 1_000, 1_000]);
    expect(() => rowsFor(166)).toThrow('a class has 166 rows');
    expect([30_000, 28_000, 1_000].map(leastCleanRows)).toEqual([300, 300, 10]);
  });

  it('are as many as the data set bears at most, where it says so', () => {
    expect([5_000, 300].map((smallest) => rowsFor(smallest, 20_000))).toEqual([20_000, 1_000]);
    const { histogram, base, reserve } = drawRows(labels, rootOf('fewer'), 500);
    expect([histogram.reduce((sum, rows) => sum + rows), base.length]).toEqual([500, 500]);
    expect(reserve.reduce((sum, rows) => sum + rows.length, base.length)).toBe(labels.length);
  });

  it('have between .06 and .14 of each class, in shares that differ from seed to seed', () => {
    const drawn = Array.from({ length: 200 }, (_, seed) => [...drawHistogram(30_000, rootOf(`histogram ${seed}`))]);
    for (const histogram of drawn) {
      expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(30_000);
      expect(Math.min(...histogram)).toBeGreaterThanOrEqual(1_800);
      expect(Math.max(...histogram)).toBeLessThanOrEqual(4_200);
    }
    const all = drawn.flat();
    expect(all.filter((count) => count < 2_400).length / all.length).toBeCloseTo(0.25, 1);
    expect(all.filter((count) => count > 3_600).length / all.length).toBeCloseTo(0.22, 1);
    expect(new Set(drawn.map(String)).size).toBe(drawn.length);
  });

  it('are distinct rows of their class; what the base leaves out is the reserve', () => {
    for (const seed of seeds) {
      const { histogram, base, reserve } = drawOf(seed);
      expect(counts(labelsOf(base))).toEqual([...histogram]);
      for (const [label, rows] of reserve.entries()) expect(labelsOf(rows).every((own) => own === label)).toBe(true);
      const all = [...base, ...reserve.flatMap((rows) => [...rows])];
      expect(all.length).toBe(labels.length);
      expect(new Set(all).size).toBe(labels.length);
    }
  });

  it('leave rows of every class out, so that a row of the data set that is missing tells nothing', () => {
    for (const seed of seeds)
      for (const [label, rows] of drawOf(seed).reserve.entries())
        expect(rows.length / rowsOfClass(label)).toBeGreaterThanOrEqual(0.16);
  });

  it('are any rows of a class: none is more often in the base than others', () => {
    const times = new Int32Array(labels.length);
    for (const seed of seeds) for (const row of drawOf(seed).base) times[row]!++;
    const ofClass = [...times.keys()].filter((row) => labels[row] === 0).map((row) => times[row]!);
    const mean = ofClass.reduce((sum, value) => sum + value, 0) / ofClass.length;
    const variance = ofClass.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ofClass.length;
    const binomial = mean * (1 - mean / seeds.length);
    expect(variance / binomial).toBeGreaterThan(0.6);
    expect(variance / binomial).toBeLessThan(1.6);
  });

  it('are the same on every machine', () => {
    const { base, reserve } = drawOf(0);
    const hash = createHash('sha256').update(Int32Array.of(...base, ...reserve.flatMap((rows) => [...rows])));
    expect(hash.digest('hex')).toBe('a646cf88bc023460b412274868ce31754c7418fa1f97f6c9b760463ded513128');
  });

  it('are of ten classes, drawn where there are more', () => {
    expect([...drawClasses(10, rootOf('a'))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const drawn = drawClasses(26, rootOf('a'));
    expect([...drawn]).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    expect([drawn.length, Math.max(...drawn) < 26]).toEqual([10, true]);
    expect([...drawClasses(26, rootOf('b'))]).not.toEqual([...drawn]);
    expect(() => drawClasses(9, rootOf('a'))).toThrow('a data set of 9 classes');
  });
});

describe('what an attack takes and gives back', () => {
  it('leaves the clean rows that the rule names, whatever the attack', () => {
    for (const seed of seeds) {
      const rows = drawOf(seed);
      const poison = randomPoison(seed, rows);
      expect(cleanRowsBy(exchangeFor(rows, poison), rows, poison)).toEqual(cleanRowsByRule(rows, poison));
    }
  });

  it('keeps n and the histogram; no row is there twice, and none that the poison names', () => {
    for (const seed of seeds) {
      const rows = drawOf(seed);
      const poison = randomPoison(seed, rows);
      const clean = cleanRowsBy(exchangeFor(rows, poison), rows, poison);
      expect(clean.length + poison.index.length).toBe(rows.base.length);
      expect(new Set(clean).size).toBe(clean.length);
      for (const place of poison.index) expect(clean).not.toContain(rows.base[place]);
      const both = Int32Array.of(...labelsOf(Int32Array.from(clean)), ...poison.labels);
      expect(counts(both)).toEqual([...rows.histogram]);
    }
  });

  it('exchanges as many rows as it must and no others', () => {
    const rows = drawOf(1);
    const index = rootOf('index').sample(rows.base.length, 40);
    const own = labelsOf(index.map((place) => rows.base[place]!));
    expect(exchangeFor(rows, { index, labels: own })).toEqual({ leave: new Int32Array(), enter: new Int32Array() });
    const { leave, enter } = exchangeFor(rows, { index, labels: own.map((label, i) => (i < 5 ? 9 - label : label)) });
    expect([leave.length <= 5, enter.length]).toEqual([true, leave.length]);
  });

  it('is refused where fewer clean rows of a class would be left than must be, by name', () => {
    const rows = drawOf(2);
    const label = 3;
    const k = rows.histogram[label]! - leastCleanRows(rows.base.length);
    const index = rootOf('index').sample(rows.base.length, k + 1);
    const poison = (count: number) => ({ index: index.slice(0, count), labels: new Int32Array(count).fill(label) });
    expect(() => exchangeFor(rows, poison(k))).not.toThrow();
    expect(() => exchangeFor(rows, poison(k + 1))).toThrow(/9 clean rows of class 3 would be left/);
  });

  it('may be as much as the room that the attack is told of, and no more', () => {
    const rows = drawOf(5);
    const { labelled, taken } = roomIn(rows);
    const ofClass = (label: number) => [...rows.base.keys()].filter((place) => labels[rows.base[place]!] === label);
    const give = (from: number, to: number, k: number) => ({
      index: Int32Array.from(ofClass(from).slice(0, k)),
      labels: new Int32Array(k).fill(to),
    });
    for (let from = 0; from < 10; from++) {
      const to = (from + 1) % 10;
      const most = Math.min(taken[from]!, labelled[to]!);
      expect(() => exchangeFor(rows, give(from, to, Math.min(most, rows.histogram[from]!)))).not.toThrow();
      if (most < rows.histogram[from]!) expect(() => exchangeFor(rows, give(from, to, most + 1))).toThrow(RangeError);
    }
  });

  it('is refused where the reserve of a class does not suffice, by name', () => {
    const few = { ...drawOf(3), reserve: Array.from({ length: 10 }, () => new Int32Array()) };
    const own = labelsOf(few.base.slice(0, 1))[0]!;
    const poison = { index: Int32Array.of(0), labels: Int32Array.of((own + 1) % 10) };
    expect(() => exchangeFor(few, poison)).toThrow(`class ${own} needs 1 rows in reserve and has 0`);
  });

  it('may be every row, if the labels stay as many', () => {
    const rows = drawOf(4);
    const all = Int32Array.from(rows.base.keys());
    const own = labelsOf(rows.base);
    expect(exchangeFor(rows, { index: all, labels: own }).leave.length).toBe(0);
    expect(() => exchangeFor(rows, { index: all, labels: own.map(() => 0) })).toThrow(RangeError);
  });
});
