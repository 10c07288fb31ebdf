import { describe, expect, it } from 'vitest';
import { core1 } from '../../../lib/catalog/suites/core-1.ts';
import { leavesRows } from '../../../lib/scoring/cells.ts';
import { cellsOf } from '../../../lib/scoring/references.ts';
import { scoresOf } from '../../../lib/scoring/score.ts';
import type { Entry } from '../../../lib/studies/findings/table.ts';
import { syntheticEntries, syntheticReference } from '../../support/synthetic-table.ts';
import { none, reference, run, scored, seeds, suite } from '../../support/toy-suite.ts';

describe('robustness', () => {
  it('is .88 for DP-SGD on BadNets 1 %, and below 0 for clipping on confidence flips: the worked examples', () => {
    const scores = scored(run({ badnets: 0.768, flip: 0.725, clean: 0.801 }));
    expect(scores.scenarios.badnets!.value).toBeCloseTo((0.768 - 0.057) / (0.861 - 0.057), 6);
    expect(scores.scenarios.badnets!.value).toBeCloseTo(0.884, 3);
    expect(scores.scenarios.flip!.value).toBeCloseTo((0.725 - 0.788) / (0.8615 - 0.788), 6);
    expect(scores.worst).toMatchObject({ family: 'indiscriminate', n: 10 });
    expect(scores.worst!.value).toBe(scores.families.indiscriminate!.value);
  });

  it('is exactly 0, with no width, for the undefended run itself', () => {
    const { worst, mean } = scored(none);
    for (const end of [worst!.value, worst!.low!, worst!.high!, mean!.value]) expect(end).toBeCloseTo(0, 10);
  });

  it('leaves out what does not bite and what is a control, whatever happens there', () => {
    const calm = run({ badnets: 0.8, flip: 0.8 });
    const wild = calm.map((row) =>
      row.scenario === 'control' || row.budget === 0.001 ? { ...row, robustAccuracy: 0 } : row,
    );
    expect(scored(wild)).toEqual(scored(calm));
    expect(scored(calm).scenarios.control).toBeNull();
  });

  it('counts a failed trial as no row given its true label, and flags it', () => {
    const failed = run({ badnets: 0.8, flip: 0.8 }).map((row) =>
      row.scenario === 'badnets'
        ? { ...row, outcome: 'timed-out' as const, detail: 'late', cleanAccuracy: null, robustAccuracy: null }
        : row,
    );
    const scores = scored(failed);
    expect(scores.families.backdoor!.value).toBeCloseTo((0 - 0.057) / (0.861 - 0.057), 6);
    expect(scores.flags).toEqual(['failed-trials']);
  });

  it('is null where a cell is missing, and so are its family, the worst and the mean: never 0', () => {
    const scores = scored(run({}).filter(({ scenario }) => scenario !== 'badnets'));
    expect([scores.scenarios.badnets, scores.families.backdoor, scores.worst, scores.mean]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(scores.families.indiscriminate).not.toBeNull();
  });

  it('is shown between −1 and 1, interval and all', () => {
    const { scenarios } = scored(run({ flip: 0.1, badnets: 1 }));
    expect(scenarios.flip!.value).toBe(-1);
    expect(scenarios.badnets!.value).toBe(1);
    expect(scenarios.flip!.low).toBeGreaterThanOrEqual(-1);
  });

  it('has no interval below five seeds', () => {
    expect(scored(run({}, [0, 1, 2, 3])).worst).toMatchObject({ low: null, high: null, n: 4 });
    expect(scored(run({}, [0, 1, 2, 3, 4])).worst!.low).not.toBeNull();
  });
});

describe('beside it', () => {
  it('utility is the clean accuracy lost, and more than ten points is a collapse', () => {
    expect(scored(run({ clean: 0.8 })).utility!.value).toBeCloseTo(-0.0615, 9);
    expect(scored(run({ clean: 0.8 })).flags).toEqual([]);
    expect(scored(run({ clean: 0.76 })).flags).toEqual(['collapsed']);
  });

  it('cost is time over the undefended time on the same runner', () =>
    expect(scored(run({})).cost).toMatchObject({ value: 1.5, n: 10 }));
});

describe('the gate', () => {
  it('opens where the lower one-sided end of the effect reaches the threshold over the gate seeds alone', () => {
    const shaken = {
      ...reference,
      cells: reference.cells.map((cell) => (seeds.includes(cell.seed) ? { ...cell, attacked: 0 } : cell)),
    };
    for (const source of [reference, shaken]) {
      const bites = Object.fromEntries(
        cellsOf(suite, source).map((cell) => [`${cell.scenario} ${cell.budget}`, [cell.bites, cell.counts]]),
      );
      expect(bites).toEqual({
        'flip 0.1': [true, true],
        'badnets 0.001': [false, false],
        'badnets 0.01': [true, true],
        'control 0.4': [true, false],
      });
    }
  });
});

describe('a control, which leaves out rows for being poison', () => {
  const [{ trials, about }] = syntheticEntries(['oracle-filter']) as [Entry];
  const onNothing = trials.map((trial) => (trial.attack === 'ops' ? { ...trial, robustAccuracy: 0 } : trial));
  const scores = (of: typeof trials, control: boolean) =>
    scoresOf(core1, syntheticReference, of, { ...about, control });

  it('has no score where every row is, and its other numbers are taken over the other cells', () => {
    const { scenarios, worst } = scores(onNothing, true);
    expect([scenarios['ops-lr'], scenarios['ops-mlp-128'], worst === null]).toEqual([null, null, false]);
    expect(scores(onNothing, true)).toEqual(scores(trials, true));
    expect(scores(onNothing, false).scenarios['ops-lr']!.value).toBe(-1);
  });

  it('which is so in no other cell, be its budget a number of poisons', () =>
    expect([
      ...new Set(
        core1.scenarios.flatMap(({ id, budgets }) =>
          budgets.flatMap((budget) => (leavesRows(core1, { scenario: id, budget }) ? [] : [id])),
        ),
      ),
    ]).toEqual(['ops-mlp-128', 'ops-lr']));
});
