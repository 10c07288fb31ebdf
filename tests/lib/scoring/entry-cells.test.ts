import { describe, expect, it } from 'vitest';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import { smoke2 } from '../../../lib/catalog/suites/smoke-2.ts';
import { failedTrial, type TrialResult } from '../../../lib/contract/result.ts';
import { specOf, trialsOf } from '../../../lib/contract/suite.ts';
import { classRecalls, costliest, entryCells, stillLost } from '../../../lib/scoring/entry-cells.ts';
import { cellsOf, referenceOf } from '../../../lib/scoring/references.ts';
import { scoredTrial } from '../../support/scored-trial.ts';

const cost = { seconds: 1, undefendedSeconds: 1, peakBytes: 1 };
const reference = referenceOf(smoke1, 'tensorflow')!;
/** Every trial of the suite, half of the attacked rows right in each. */
const trials = (change: (trial: TrialResult) => TrialResult = (trial) => trial) =>
  trialsOf(smoke1).map((trial) => change(scoredTrial(smoke1, trial, 'filter', { robustAccuracy: 0.5 }, cost)));

describe('the cells of an entry', () => {
  it('have its mean over the seeds, in which a trial that failed is 0', () => {
    const failing = trials((trial) =>
      trial.seed === 0 && trial.budget > 0
        ? failedTrial(specOf(smoke1, trial), { reason: 'threw', detail: 'It did.' }, cost)
        : trial,
    );
    for (const cell of entryCells(smoke1, reference, failing))
      expect([cell.robust, cell.trials, cell.failed]).toEqual([0.25, 2, 1]);
    for (const { robust } of entryCells(smoke1, reference, trials())) expect(robust).toBe(0.5);
  });

  it('have the undefended model’s numbers of the scored seeds, not of those that decide what bites', () => {
    const [cell] = entryCells(smoke1, reference, trials());
    const own = reference.cells.filter(
      ({ scenario, budget, seed }) =>
        scenario === cell!.scenario.id && budget === cell!.budget && smoke1.seeds.includes(seed),
    );
    expect(own).toHaveLength(smoke1.seeds.length);
    expect(cell!.undefended).toBeCloseTo(own.reduce((sum, { attacked }) => sum + attacked, 0) / own.length, 12);
  });

  it('that cost most are those that count in which most is still lost, and none in which nothing is', () => {
    const cells = entryCells(smoke1, reference, trials());
    const worst = costliest(cells, 2);
    const counted = cellsOf(smoke1, reference).filter(({ counts }) => counts);
    expect(
      worst.every(({ scenario, budget }) => counted.some((c) => c.scenario === scenario.id && c.budget === budget)),
    );
    expect(stillLost(worst[0]!)).toBeGreaterThanOrEqual(stillLost(worst[1]!)!);
    const perfect = trials((trial) => ({ ...trial, robustAccuracy: trial.budget > 0 ? 1 : null }));
    expect(costliest(entryCells(smoke1, reference, perfect), 2)).toEqual([]);
  });

  it('are empty before the first trial', () =>
    expect(entryCells(smoke1, reference, []).map(({ robust, trials: n }) => [robust, n])).toEqual(
      smoke1.scenarios.flatMap(({ budgets }) => budgets.map(() => [null, 0])),
    ));
});

it('the recall of a class is the mean over the seeds, beside the undefended model’s where it is known', () => {
  const second = referenceOf(smoke2, 'tensorflow')!;
  const own = trialsOf(smoke2).map((trial) => scoredTrial(smoke2, trial, 'filter', {}, cost));
  const [first] = classRecalls(smoke2, second, own);
  expect(first!.entry[0]).toBeCloseTo(0.9, 12);
  const clean = second.clean.filter(
    ({ dataset, model, seed }) => dataset === first!.dataset && model === first!.model && smoke2.seeds.includes(seed),
  );
  expect(first!.undefended![0]).toBeCloseTo(
    clean.reduce((sum, { recalls }) => sum + recalls![0]!, 0) / clean.length,
    12,
  );
  expect(classRecalls(smoke1, reference, trials())[0]!.undefended).toBeNull();
});
