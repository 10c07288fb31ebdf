import { describe, expect, it } from 'vitest';
import type { TrialResult } from '../../../lib/contract/result.ts';
import { countedCells } from '../../../lib/scoring/cells.ts';
import { flagsOf } from '../../../lib/scoring/flags.ts';
import type { ProbeFinding } from '../../../lib/scoring/probes.ts';
import { nothingKnown, reference, run, suite } from '../../support/toy-suite.ts';

const calm = run({}).map((trial) => ({ ...trial, cleanAccuracy: trial.cleanAccuracy! - trial.seed / 1000 }));
const flags = (trials: readonly TrialResult[], about = nothingKnown) =>
  flagsOf(countedCells(suite, reference), trials, false, about);

it('nothing is flagged of what is as it should be', () => expect(flags(calm)).toEqual([]));

it('what failed and what was not run', () => {
  const [first, second, ...rest] = calm as [TrialResult, TrialResult, ...TrialResult[]];
  expect(flags([{ ...first, outcome: 'threw' }, { ...second, outcome: 'not-run' }, ...rest])).toEqual([
    'not-run',
    'failed-trials',
  ]);
});

it('a module that embeds data', () =>
  expect(flags(calm, { ...nothingKnown, embedsData: true })).toEqual(['embeds-data']));

describe('one class predicted', () => {
  const [first, ...rest] = calm as [TrialResult, ...TrialResult[]];
  it.each([
    ['by a model that calls everything one class', 1, true],
    ['by one that calls 95 of 100 test rows so', 0.95, true],
    ['not by one that is unsure of one class in ten', 0.94, false],
    ['not where it was not measured', null, false],
  ])('%s', (_, commonestClass, is) =>
    expect(flags([{ ...first, commonestClass }, ...rest]).includes('one-class')).toBe(is),
  );
  it('is not asked of a trial that failed', () =>
    expect(flags([{ ...first, commonestClass: 1, outcome: 'threw' }, ...rest])).toEqual(['failed-trials']));
  it('is not known of a result stored before it was measured', () => {
    const stored = calm.map(({ commonestClass: _, ...trial }) => trial as TrialResult);
    expect(flags(stored)).toEqual([]);
  });
});

describe('the seed ignored', () => {
  const drawing = { ...nothingKnown, deterministic: false };
  it('is told by numbers that are the same for all seeds, in all cells', () =>
    expect(flags(run({}), drawing)).toEqual(['seed-ignored']));
  it('is no reproach to a module that says it draws nothing', () => expect(flags(run({}))).toEqual([]));
  it('is not told by one cell that happens to be the same, nor by one seed', () => {
    const one = run({}).map((trial) =>
      trial.scenario === 'flip' && trial.seed === 4 ? { ...trial, cleanAccuracy: 0.1 } : trial,
    );
    expect([flags(one, drawing), flags(run({}, [0]), drawing)]).toEqual([[], []]);
  });
});

describe('what honesty probes found', () => {
  const found = (flag: string, mean: number): ProbeFinding => ({
    probe: 'renamed-classes',
    what: 'right',
    flag,
    values: [],
    mean,
    limit: 0.2,
  });
  const flagged = (finding: ProbeFinding) =>
    flagsOf(countedCells(suite, reference), calm, false, nothingKnown, undefined, [finding]);

  it.each(['seed-ignored', 'learns-from-nothing', 'lost-in-another-world'])('above its limit is flagged: %s', (flag) =>
    expect([flagged(found(flag, 0.21)), flagged(found(flag, 0.19))]).toEqual([[flag], []]),
  );

  it('above its limit is no flag on a control, which leaves out every row where all are called poison', () =>
    expect(
      flagsOf(countedCells(suite, reference), calm, false, { ...nothingKnown, control: true }, undefined, [
        found('lost-in-another-world', 0.7),
      ]),
    ).toEqual([]));
});

describe('a limit nearly used', () => {
  const [first, ...rest] = calm as [TrialResult, ...TrialResult[]];
  it.each([
    ['55 s of the minute that a trial has at least', { seconds: 55, undefendedSeconds: 1 }, true],
    ['53 s of it', { seconds: 53, undefendedSeconds: 1 }, false],
    ['95 s of the 100 that a slow machine allows', { seconds: 95, undefendedSeconds: 5 }, true],
    ['3.9 GiB', { peakBytes: 3.9 * 2 ** 30 }, true],
    ['3 GiB, or not known', { peakBytes: 3 * 2 ** 30, seconds: null }, false],
    [
      'a trial that was stopped, which is flagged as failed',
      { seconds: 60, undefendedSeconds: 1, outcome: 'timed-out' as const },
      false,
    ],
  ])('%s', (_, numbers, near) =>
    expect(flags([{ ...first, ...numbers }, ...rest]).includes('limit-nearly-used')).toBe(near),
  );
});

describe('a filter no better than a random one', () => {
  const filter = (recall: (seed: number) => number, falsePositives: (seed: number) => number, about = nothingKnown) =>
    flags(
      calm.map((trial) =>
        trial.budget === 0
          ? trial
          : { ...trial, filterRecall: recall(trial.seed), filterFalsePositives: falsePositives(trial.seed) },
      ),
      about,
    );
  const worse = ['no-better-than-random'];
  it('leaves out the same share of poison and of clean rows, or more of the clean', () => {
    expect(
      filter(
        (seed) => 0.1 + seed / 100,
        (seed) => 0.145 + ((seed * 3) % 10) / 1000,
      ),
    ).toEqual(worse);
    expect(
      filter(
        () => 0.2,
        () => 0.5,
      ),
    ).toEqual(worse);
  });
  it('is not one that finds poison, however much clean it costs', () => {
    expect(
      filter(
        () => 0.9,
        () => 0.4,
      ),
    ).toEqual([]);
    expect(
      filter(
        (seed) => 0.3 + seed / 100,
        () => 0.2,
      ),
    ).toEqual([]);
  });
  it('must be better over seeds, not by luck of one', () =>
    expect(
      filter(
        (seed) => (seed === 0 ? 0.9 : 0.1),
        () => 0.1,
      ),
    ).toEqual(worse));
  it('must be better by the one-sided 95 % end: a mean that t with 95 % leaves above 0, and with 97.5 % does not', () => {
    // Ten differences of .1 ± a, five of each sign: standard deviation a √(10/9), so t = .3 / a; want 1.833 < t < 2.262.
    const recall = (seed: number) => 0.4 + (seed % 2 === 0 ? 0.15 : -0.15);
    expect(filter(recall, () => 0.3)).toEqual([]);
    expect(filter(recall, () => 0.31)).toEqual(worse);
  });
  it('is nobody that leaves nothing out, that is no filter, that ran once, or is a control of the harness', () => {
    expect(
      filter(
        () => 0,
        () => 0,
      ),
    ).toEqual([]);
    expect(flags(calm.map((trial) => ({ ...trial, filterRecall: null, filterFalsePositives: null })))).toEqual([]);
    expect(
      flags(
        calm
          .filter(({ seed }) => seed === 0)
          .map((trial) => ({ ...trial, filterRecall: 0, filterFalsePositives: 0.5 })),
      ),
    ).toEqual([]);
    expect(
      filter(
        () => 0.1,
        () => 0.1,
        { ...nothingKnown, control: true },
      ),
    ).toEqual([]);
  });
});
