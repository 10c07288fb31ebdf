import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../lib/benchmark/paper/findings.ts';
import { results } from '../../../lib/benchmark/paper/index.ts';
import { notes } from '../../../lib/benchmark/paper/notes.ts';
import { artifactRows, cleanRows, indiscriminateRows, insertionRows, meanOf, type Row, verdictOf } from '../../../lib/benchmark/paper/table.ts';
import { targetedSummaries } from '../../../lib/benchmark/paper/targeted.ts';

const rows: Row[] = [...cleanRows(results), ...indiscriminateRows(results), ...insertionRows(results), ...artifactRows(results)];

describe('the table of the study', () => {
  test('has every number of the source once', () => {
    expect(rows).toHaveLength(5 + 25 + 4 + 20);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  test('says why for each number that is not within its tolerance, and for no other', () => {
    const outside = rows.filter(({ verdict }) => verdict !== 'within').map(({ id }) => id);
    expect(Object.keys(notes).sort()).toEqual(outside.sort());
    for (const note of Object.values(notes)) expect(note).toMatch(/^[A-Z][^.]*(\.\d[^.]*)*\.$/);
  });

  test('means of several seeds have an interval, single runs none', () => {
    for (const { ours } of rows) if (ours) expect(ours.low !== null).toBe(ours.n > 1);
    const { value, low, high, n } = meanOf([1, 3])!;
    expect([value, n]).toEqual([2, 2]);
    expect(high! - 2).toBeCloseTo(12.7062047362, 9);
    expect(2 - low!).toBeCloseTo(12.7062047362, 9);
    expect(meanOf([])).toBeNull();
  });

  test('a verdict goes by the nearer of the source’s two numbers', () => {
    const at = (value: number) => verdictOf({ low: 0.93, high: 0.94 }, 0.01, { value, low: null, high: null, n: 1 });
    expect([0.9199, 0.92, 0.935, 0.95, 0.9501].map(at)).toEqual(['differs', 'within', 'within', 'within', 'differs']);
    expect(verdictOf({ low: 1, high: 1 }, 1, null)).toBe('no data');
  });
});

test('findings without measurements claim nothing', () => {
  for (const { holds } of findingsOf({})) expect(holds).toBeNull();
});

test('targets are summed up by model and shaping, each as a run of its own', () => {
  const run = (target: number, smallest: number | null, succeeded: boolean) =>
    ({
      dataset: 'fashion-mnist-3-4',
      model: 'lr',
      shaping: 'none',
      seed: 0,
      target,
      control: false,
      oneShot: { tried: 3, succeeded },
      multi: { tried: 100, smallest },
    }) as const;
  const [summary, ...others] = targetedSummaries([run(1, 1, true), run(2, 4, false), run(3, null, false)]);
  expect(others).toEqual([]);
  expect(summary).toMatchObject({ targets: 3, control: { hit: 0 }, oneShot: { hit: 1 }, poisons: { mean: 2.5, censored: 1, median: { value: 4 } } });
  expect(summary!.poisons.restricted).toBeCloseTo((1 + 4 + 101) / 3, 12);
});
