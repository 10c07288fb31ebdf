import { describe, expect, it } from 'vitest';
import type { Reference } from '../../../../lib/contract/report.ts';
import type { TrialResult } from '../../../../lib/contract/result.ts';
import { trialKey } from '../../../../lib/contract/suite.ts';
import { cellsOf } from '../../../../lib/scoring/references.ts';
import { worsenedFamily } from '../../../../lib/scoring/version-2/worsened.ts';
import {
  entryOf,
  failed,
  referenceOf,
  scored,
  suite,
  trialWith,
  undefendedEntry,
} from '../../../support/toy-suite-2.ts';

const reference = referenceOf('properties');
const names = ['one', 'two', 'three', 'four'];

describe('an entry that is the undefended model, with poison and without,', () => {
  const scores = scored(undefendedEntry(reference, true), reference);
  it('has undone nothing: 0, without width', () => {
    for (const share of [scores.mean!, scores.worst!, ...Object.values(scores.families)])
      expect(share).toMatchObject({ value: 0, low: 0, high: 0 });
  });
  it('has no gain, and loses no utility', () => {
    expect(scores.gain!.value).toBeLessThanOrEqual(0);
    expect(scores.utility!.value).toBeCloseTo(0, 12);
  });
});

it('an entry that is the clean model has undone everything: 1, without width', () => {
  const scores = scored(undefendedEntry(reference, false), reference);
  for (const share of [scores.mean!, scores.worst!, ...Object.values(scores.families)])
    expect(share).toMatchObject({ value: 1, low: 1, high: 1 });
});

it.each(names)('names of classes do not matter: %s', (name) => {
  const order = [2, 0, 3, 1];
  const permuted = (recalls: readonly number[]) => order.map((of) => recalls[of]!);
  const run = <Run extends { recalls?: number[] | undefined }>(one: Run) => ({
    ...one,
    recalls: permuted(one.recalls!),
  });
  const renamed: Reference = {
    ...reference,
    clean: reference.clean.map(run),
    cells: reference.cells.map((cell) => ({ ...run(cell), others: cell.others!.map((of) => order.indexOf(of)) })),
    frontier: reference.frontier.map((member) => ({
      ...member,
      clean: member.clean.map(run),
      cells: member.cells.map(run),
    })),
    bias: reference.bias!.map(run),
  };
  const trials = entryOf(name);
  const others = trials.map((trial) => (trial.recalls ? { ...trial, recalls: permuted(trial.recalls) } : trial));
  expect(scored(others, renamed)).toEqual(scored(trials, reference));
});

describe('a trial that failed', () => {
  const with1 = (trials: readonly TrialResult[], trial: TrialResult) =>
    trials.map((one) => (trialKey(one) === trialKey(trial) ? trial : one));
  const trials = entryOf('failing', 0);
  const cells = cellsOf(suite, reference).filter(({ counts }) => counts);

  it('is worth no more than one that calls every attacked row wrong and harms nothing else, nor than the undefended run', () => {
    for (const { scenario, budget } of cells) {
      const trial = trials.find((one) => one.scenario === scenario && one.budget === budget && one.seed === 3)!;
      const share = (one: TrialResult) => scored(with1(trials, one), reference).scenarios[scenario]!.value;
      const none = undefendedEntry(reference, true).find((one) => trialKey(one) === trialKey(trial))!;
      const wrong = trialWith(trial, { robustAccuracy: 0, recalls: [1, 1, 1, 1] });
      expect(share(failed(trial))).toBeLessThanOrEqual(share(wrong));
      expect(share(failed(trial))).toBeLessThanOrEqual(share(none));
    }
  });

  it('without poison leaves the undefended model’s recalls to be held against', () => {
    const clean = trials.filter(({ budget }) => budget === 0);
    const whole = undefendedEntry(reference, true);
    const lost = whole.map((trial) => (trial.budget === 0 ? failed(trial) : trial));
    expect(clean.length).toBeGreaterThan(0);
    expect(scored(lost, reference).families).toEqual(scored(whole, reference).families);
  });

  it('that is ours leaves its cell without a number, and with it family, mean and worst', () => {
    const { scenario, budget } = cells[0]!;
    const scores = scored(
      trials.filter((one) => one.scenario !== scenario || one.budget !== budget),
      reference,
    );
    expect([scores.scenarios[scenario], scores.families.indiscriminate, scores.mean, scores.worst]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(scores.families.backdoor).not.toBeNull();
  });
});

describe('a clean run that is made bad on purpose', () => {
  const trials = entryOf('spoiled', 0);
  const spoiledBy = (lost: number) =>
    trials.map((trial) =>
      trial.budget === 0
        ? trialWith(trial, { robustAccuracy: 0, recalls: trial.recalls!.map((recall) => Math.max(0, recall - lost)) })
        : trial,
    );
  const honest = scored(trials, reference);

  it.each([0.02, 0.05, 0.1, 0.3])(
    'by %d buys no more than ten points of what is kept, and utility shows it',
    (lost) => {
      const spoiled = scored(spoiledBy(lost), reference);
      for (const { scenario, effect, counts } of cellsOf(suite, reference).filter((cell) => cell.counts)) {
        expect(counts).toBe(true);
        const bought = spoiled.scenarios[scenario]!.value - honest.scenarios[scenario]!.value;
        expect(bought * effect.value).toBeLessThanOrEqual(Math.min(lost, 0.1) * 1.3); // shares are of the scored seeds' damage
      }
      expect(honest.utility!.value - spoiled.utility!.value).toBeCloseTo(lost, 6);
    },
  );
});

it('an entry makes a family worse where its interval says so, and only there', () => {
  const worst = (high: number | null, value = -0.3) => ({
    worst: { family: 'targeted', value, low: -0.6, high, n: 10 },
  });
  expect(worsenedFamily(suite, worst(-0.01))).toBe('targeted');
  expect([worsenedFamily(suite, worst(0.01)), worsenedFamily(suite, worst(null))]).toEqual([null, null]);
  expect(worsenedFamily({ ...suite, rules: { hygiene: 1, scoring: 1 } }, worst(-0.01))).toBeNull();
});

describe('scores', () => {
  it('name the adaptive cells that are the entry’s worst, every seed once', () => {
    const { chosen } = scored(entryOf('one'), reference);
    expect(chosen!.flatMap(({ seeds }) => seeds).sort((a, b) => a - b)).toEqual(suite.seeds);
    for (const { scenario } of chosen!) expect(scenario).toMatch(/^again-/);
  });

  it('have the mean as gain where no shorter run is as accurate, and where such runs do harm', () => {
    const accurate = entryOf('one', 0).map((trial) => (trial.budget === 0 ? { ...trial, cleanAccuracy: 1 } : trial));
    const { mean, gain } = scored(accurate, reference);
    expect(gain!.value).toBeCloseTo(mean!.value, 12);
  });

  it('have no interval below five seeds', () => {
    const four = entryOf('one').filter(({ seed }) => seed < 4);
    expect(scored(four, reference).mean).toMatchObject({ low: null, high: null, n: 4 });
  });

  it('flag a model that says one class, unless the undefended model of the same trial does too', () => {
    const trials = undefendedEntry(reference, true).map((trial) =>
      trial.scenario === 'flip' && trial.seed === 1 ? { ...trial, commonestClass: 0.97 } : trial,
    );
    expect(scored(trials, reference).flags).toContain('one-class');
    const cells = reference.cells.map((cell) =>
      cell.scenario === 'flip' && cell.seed === 1 ? { ...cell, commonestClass: 0.96 } : cell,
    );
    expect(scored(trials, { ...reference, cells }).flags).not.toContain('one-class');
  });

  it('are refused of runs without recalls', () =>
    expect(() =>
      scored(
        entryOf('one', 0).map((trial) => ({ ...trial, recalls: null })),
        reference,
      ),
    ).toThrow(/no recalls/));
});
