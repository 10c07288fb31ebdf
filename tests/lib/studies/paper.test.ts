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
  for (const { verdict } of findingsOf({})) expect(verdict).toBeNull();
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
      ({ verdict }) => verdict,
    );
    expect(others).toEqual([null, null, null, null]);
    return [one, many];
  };
  const holding = (numbers: Record<string, (number | null)[]>) => judged(runs(numbers));

  const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value);
  test('hold where one poison surely hits a third and more without shaping and surely less under noise, and noise raises the number', () => {
    const noisy = { 'noise-0.01': times(8, 4), 'noise-0.1': [4, 8, 16, 8, 4, 8, 8, 4] };
    expect(holding({ none: times(8, 1), ...noisy })).toEqual(['holds', 'holds']);
    expect(holding({ none: times(8, 1), 'noise-0.01': times(8, 1), 'noise-0.1': times(8, 1) })).toEqual([
      'fails',
      'fails',
    ]);
    expect(holding({ none: times(9, 4), 'noise-0.01': times(9, 4), 'noise-0.1': times(9, 4) })).toEqual([
      'fails',
      'fails',
    ]);
  });

  test('are not shown by three targets, whatever becomes of them', () =>
    expect(holding({ none: [1, 1, 1], 'noise-0.01': [4, 4, 4], 'noise-0.1': [4, 4, 20] })).toEqual([
      'not shown',
      'not shown',
    ]));

  test('count no target that training on hits by itself, and none that was not tried with every noise', () => {
    const hit = runs({ none: times(8, 1), 'noise-0.01': times(8, 4), 'noise-0.1': times(8, 8) });
    expect(judged(hit)).toEqual(['holds', 'holds']);
    expect(judged(hit.map((one) => ({ ...one, control: one.shaping === 'none' && one.target > 1 })))).toEqual([
      'not shown',
      'holds',
    ]);
    expect(judged(hit.filter(({ target, shaping }) => target < 2 || shaping !== 'noise-0.01'))).toEqual([
      'not shown',
      'holds',
    ]);
  });

  test('say why where they do not hold', () => {
    for (const { claim, verdict, note } of findingsOf(results).filter((one) => /on |lr|mlp/i.test(one.claim)))
      expect(note === undefined, claim).toBe(verdict !== 'fails');
  });
});

describe('a claim about label flips and slab is decided by the interval of a difference, paired by seed', () => {
  type Indiscriminate = PartResult<'flips'>['runs'][number];
  const best = (attack: 'flips' | 'slab', rate: number, shaping: ShapingId, values: readonly number[]) =>
    values.map((value, seed): Indiscriminate => ({ ...results[attack]!.runs[0]!, rate, shaping, seed, best: value }));
  const judged = (flips: Indiscriminate[], slab: Indiscriminate[] = []) =>
    findingsOf({
      flips: { ...results.flips!, runs: flips },
      slab: { ...results.slab!, runs: slab as PartResult<'slab'>['runs'] },
    }).map(({ verdict }) => verdict);
  const level = (value: number) => [value, value + 0.001, value - 0.001];

  test('what clipping wins is less what it wins without poison', () => {
    const runs = (clean: number, attacked: number) => [
      ...best('flips', 0, 'none', level(0.95)),
      ...best('flips', 0.4, 'none', level(0.94)),
      ...(['clip-4', 'clip-0.1'] as const).flatMap((shaping) => [
        ...best('flips', 0, shaping, level(clean)),
        ...best('flips', 0.4, shaping, level(attacked)),
      ]),
    ];
    expect(judged(runs(0.95, 0.945))[1]).toBe('holds');
    expect(judged(runs(0.955, 0.945))[1]).not.toBe('holds'); // all of it is there without poison too
    expect(judged(runs(0.96, 0.945))[1]).toBe('fails');
  });

  test('flips cost little where the interval lies below 2.5 points', () => {
    const runs = (attacked: readonly number[]) => [
      ...best('flips', 0, 'none', [0.95, 0.95, 0.95]),
      ...best('flips', 0.4, 'none', attacked),
    ];
    expect(judged(runs([0.935, 0.936, 0.934]))[0]).toBe('holds');
    expect(judged(runs([0.91, 0.911, 0.909]))[0]).toBe('fails');
    expect(judged(runs([0.94, 0.91, 0.92]))[0]).toBe('not shown');
    expect(judged(runs([0.94]))[0]).toBe('not shown');
  });

  test('slab is made worse by tight clipping where it surely loses against none and against loose clipping', () => {
    const runs = (tight: number) => [
      ...best('slab', 0.4, 'none', [0.82, 0.82, 0.82]),
      ...best('slab', 0.4, 'clip-8', [0.81, 0.81, 0.81]),
      ...best('slab', 0.4, 'clip-0.1', [tight, tight + 0.001, tight - 0.001]),
    ];
    expect(judged([], runs(0.74))[2]).toBe('holds');
    expect(judged([], runs(0.81))[2]).toBe('not shown');
    expect(judged([], runs(0.85))[2]).toBe('fails');
  });

  test('of our own numbers: little is lost and tight clipping is worse under slab; that clipping wins back, and the artifacts, are not shown', () =>
    expect(
      findingsOf(results)
        .slice(0, 4)
        .map(({ verdict }) => verdict),
    ).toEqual(['holds', 'not shown', 'holds', 'not shown']));
});
