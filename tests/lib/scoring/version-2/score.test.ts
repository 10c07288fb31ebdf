import { describe, expect, it } from 'vitest';
import type { Reference } from '../../../../lib/contract/report.ts';
import type { TrialResult } from '../../../../lib/contract/result.ts';
import { cleanTrial, trialKey } from '../../../../lib/contract/suite.ts';
import { cellsOf } from '../../../../lib/scoring/references.ts';
import { worsenedFamily } from '../../../../lib/scoring/version-2/worsened.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
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

  it('is worth no more than any run: one that calls every row wrong, one that harms all classes, the undefended one', () => {
    for (const { scenario, budget } of cells) {
      const trial = trials.find((one) => one.scenario === scenario && one.budget === budget && one.seed === 3)!;
      const share = (one: TrialResult) => scored(with1(trials, one), reference).scenarios[scenario]!.value;
      const none = undefendedEntry(reference, true).find((one) => trialKey(one) === trialKey(trial))!;
      const others = [
        { robustAccuracy: 0, recalls: [1, 1, 1, 1] },
        { robustAccuracy: 0, recalls: [0, 0, 0, 0] },
        { robustAccuracy: 0.4, recalls: [0, 0.1, 0.9, 0] },
      ].map((numbers) => trialWith(trial, numbers));
      for (const one of [...others, none]) expect(share(failed(trial))).toBeLessThanOrEqual(share(one));
    }
  });

  it('buys nothing, in no family and in no set of trials that a module may choose to fail in', () => {
    const spread = scored(trials, reference);
    const choices: ((trial: TrialResult) => boolean)[] = [
      ({ budget }) => budget > 0,
      ({ budget }) => budget === 0,
      ({ scenario }) => scenario.includes('patch'),
      ({ robustAccuracy }) => (robustAccuracy ?? 1) < 0.4, // it knows which runs go badly
      ({ recalls }) => Math.min(...recalls!) < 0.5, // or do harm
    ];
    for (const fails of choices) {
      const scores = scored(
        trials.map((trial) => (fails(trial) ? failed(trial) : trial)),
        reference,
      );
      for (const family of ['indiscriminate', 'backdoor', 'targeted'])
        expect(scores.families[family]!.value).toBeLessThanOrEqual(spread.families[family]!.value);
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

describe('gain', () => {
  const plain: readonly { clean: Reference['clean']; cells: Reference['frontier'][number]['cells'] }[] = [
    ...reference.frontier,
    { clean: reference.clean, cells: reference.cells },
  ];
  /** An entry that is made of plain runs: in each trial the one that is asked for. */
  const madeOf = (memberIn: (trial: { scenario: string; seed: number }) => number) =>
    undefendedEntry(reference, true).map((trial) => {
      const { clean, cells } = plain[memberIn(trial)]!;
      const key = trialKey(trial);
      const cell = cells.find((one) => trialKey(one) === key);
      if (cell) return trialWith(trial, { robustAccuracy: cell.attacked, recalls: cell.recalls! });
      return trialWith(trial, {
        robustAccuracy: 0,
        recalls: clean.find((one) => trialKey(cleanTrial(one, one.seed)) === key)!.recalls!,
      });
    });
  const gainsOf = (trials: readonly TrialResult[]) => {
    const { gain, gains } = scored(trials, reference);
    return [gain, ...Object.values(gains!)].map((one) => one!.value);
  };

  it.each([0, 1, 2])('is nothing, in no family, for plain training of any length: %i', (member) => {
    for (const gain of gainsOf(madeOf(() => member))) expect(gain).toBeLessThanOrEqual(1e-12);
  });

  it('is nothing for who takes another length where the data look attacked, whichever it is', () => {
    for (let time = 0; time < 30; time++) {
      const rng = rootOf(`lengths ${time}`);
      const chosen = new Map(suite.scenarios.map(({ id }) => [id, rng.below(3)]));
      // without poison it trains least, so that the least is expected of it
      for (const gain of gainsOf(madeOf(({ scenario }) => chosen.get(scenario) ?? 0)))
        expect(gain).toBeLessThanOrEqual(1e-12);
    }
  });

  it('is nothing for who trains to the end where the data look clean, and stops early where they do not', () => {
    for (let time = 0; time < 30; time++) {
      const rng = rootOf(`to the end ${time}`);
      const chosen = new Map(suite.scenarios.map(({ id }) => [id, rng.below(3)]));
      const undefended = plain.length - 1;
      for (const gain of gainsOf(madeOf(({ scenario }) => chosen.get(scenario) ?? undefended)))
        expect(gain).toBeLessThanOrEqual(1e-12);
    }
  });

  it('is nothing on average for who draws the length by lot', () => {
    const gains = Array.from({ length: 60 }, (_, time) => {
      const rng = rootOf(`lot ${time}`);
      const bySeed = suite.seeds.map(() => rng.below(3));
      return gainsOf(madeOf(({ seed }) => bySeed[seed]!))[0]!;
    });
    expect(gains.reduce((sum, gain) => sum + gain, 0) / gains.length).toBeLessThanOrEqual(0);
  });

  it('never grows by being less accurate without poison', () => {
    const accuracy = (lost: number) =>
      entryOf('one', 0).map((trial) =>
        trial.budget === 0 ? { ...trial, cleanAccuracy: trial.cleanAccuracy! - lost } : trial,
      );
    const gains = [0, 0.02, 0.05, 0.1].map((lost) => gainsOf(accuracy(lost))[0]!);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
  });

  it('is the share itself where no plain run is as accurate', () => {
    const accurate = entryOf('one', 0).map((trial) =>
      trial.budget === 0 ? { ...trial, cleanAccuracy: 1 } : { ...trial, recalls: trial.recalls!.map(() => 1) },
    );
    const { mean, gain, families, gains } = scored(accurate, reference);
    expect(gain!.value).toBeCloseTo(mean!.value, 12);
    expect(gains!.backdoor!.value).toBeCloseTo(families.backdoor!.value, 12);
  });
});
