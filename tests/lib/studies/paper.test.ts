import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../lib/studies/paper/findings.ts';
import { results } from '../../../lib/studies/paper/index.ts';
import { notes } from '../../../lib/studies/paper/notes.ts';
import type { PartResult, TargetedRun } from '../../../lib/studies/paper/results.ts';
import { ShapingId } from '../../../lib/studies/paper/shapings.ts';
import {
  artifactCurve,
  artifactRows,
  cleanRows,
  indiscriminateRows,
  insertionRows,
  meanOf,
  type Row,
  verdictOf,
} from '../../../lib/studies/paper/table.ts';
import { targetedSummaries } from '../../../lib/studies/paper/targeted.ts';
import { targetedFindings } from '../../../lib/studies/paper/targeted-findings.ts';

const rows: Row[] = [
  ...cleanRows(results),
  ...indiscriminateRows(results),
  ...insertionRows(results),
  ...artifactRows(results),
];

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

  test('an epoch of the convolution is counted as the five of the source that it stands for', () => {
    const { runs } = results.convolution!;
    const [two, eight] = [1, 7].map((index) => runs.find(({ patch }) => patch === 4)!.artifacts![index]!);
    const curve = artifactCurve(results, { attack: 'insertion', setting: 4 });
    expect(curve.map(({ epoch }) => epoch)).toEqual([5, 10, 15, 20, 25, 30, 35, 40]);
    expect(curve[1]).toEqual({ epoch: 10, ...two });
    const at = (epoch: number) =>
      artifactRows(results).find(({ id }) => id === `artifact.insertion.4.${epoch}.ratio`)!.ours!.value;
    expect([at(10), at(40)]).toEqual([two!.ratio, eight!.ratio]);
    expect(artifactCurve(results, { attack: 'flips', setting: null })[1]!.epoch).toBe(2);
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

const run = (
  target: number,
  smallest: number | null,
  succeeded: boolean,
  shaping: ShapingId = 'none',
): TargetedRun => ({
  dataset: 'fashion-mnist-3-4',
  model: 'lr',
  shaping,
  seed: 0,
  target,
  control: false,
  oneShot: { tried: 3, succeeded },
  multi: { tried: smallest ?? 100, smallest },
  copies: { tried: 32, smallest: target === 3 ? null : 2 },
});

test('targets are summed up by model and shaping, each as a run of its own; a mean goes one beyond what was tried', () => {
  const [summary, ...others] = targetedSummaries([run(1, 1, true), run(2, 4, false), run(3, null, false)]);
  expect(others).toEqual([]);
  expect(summary).toMatchObject({
    targets: 3,
    control: { hit: 0 },
    oneShot: { hit: 1 },
    poisons: { mean: 2.5, censored: 1, median: { value: 4 } },
  });
  expect(summary!.poisons.restricted).toEqual({ value: expect.closeTo((1 + 4 + 101) / 3, 12), horizon: 101 });
  expect(summary!.copies).toEqual({ value: expect.closeTo((2 + 2 + 33) / 3, 12), horizon: 33 });
});

describe('the claims about targeted poison', () => {
  const runs = (numbers: Record<string, (number | null)[]>) =>
    Object.entries(numbers).flatMap(([shaping, all]) =>
      all.map((smallest, index) => run(index, smallest, smallest === 1, ShapingId.parse(shaping))),
    );
  /** Of the first subject, which these runs are of; of the others nothing is known. */
  const judged = (all: TargetedRun[]) => {
    const [one, many, ...others] = targetedFindings({ targeted: { runs: all } as PartResult<'targeted'> }).map(
      ({ holds }) => holds,
    );
    expect(others).toEqual([null, null, null, null]);
    return [one, many];
  };
  const holding = (numbers: Record<string, (number | null)[]>) => judged(runs(numbers));

  test('hold where one poison hits a third and more without shaping, half of that under noise, and noise raises the number', () => {
    expect(holding({ none: [1, 1, 2], 'noise-0.01': [1, 2, 4], 'noise-0.1': [4, 8, 16] })).toEqual([true, true]);
    expect(holding({ none: [2, 4, 4], 'noise-0.01': [4, 4, 4], 'noise-0.1': [4, 4, null] })).toEqual([false, true]);
    expect(holding({ none: [1, 1, 1], 'noise-0.01': [1, 1, 8], 'noise-0.1': [1, 1, 4] })).toEqual([false, false]);
  });

  test('count no target that training on hits by itself, and none that was not tried with every noise', () => {
    const hit = runs({ none: [1, 1, 4, 4, 4], 'noise-0.01': [4, 4, 4, 4, 4], 'noise-0.1': [4, 4, 20, 20, 20] });
    expect(judged(hit)).toEqual([true, true]);
    expect(judged(hit.map((one) => ({ ...one, control: one.shaping === 'none' && one.target < 2 })))).toEqual([
      false,
      true,
    ]);
    expect(holding({ none: [1, 1, 2, 100, 100], 'noise-0.01': [1, 2, 4, 1], 'noise-0.1': [4, 8, 16] })).toEqual([
      true,
      true,
    ]);
  });

  test('say why where they do not hold', () => {
    for (const { holds, note } of findingsOf(results)) expect(note === undefined).toBe(holds !== false);
  });
});
