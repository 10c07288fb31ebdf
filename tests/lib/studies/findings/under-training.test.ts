import { describe, expect, it } from 'vitest';
import { underTrainingOf } from '../../../../lib/studies/findings/under-training.ts';
import { workedTable } from '../../../support/worked-table.ts';

const scenarios = [
  { id: 'flips', attack: 'confidence-flip', family: 'indiscriminate', model: 'lr', budgets: [0.1] },
  { id: 'patch', attack: 'badnets', family: 'backdoor', model: 'lr', budgets: [0.01] },
] as const;
/** ρ = (P − .8) / .1 against flips and (P − .1) / .8 against the patch. */
const undefended = { 'flips 0.1': 0.8, 'patch 0.01': 0.1 };
const frontier = [
  { steps: 40, shares: { clean: 0.82, 'flips 0.1': 0.86, 'patch 0.01': 0.5 } },
  { steps: 80, shares: { clean: 0.86, 'flips 0.1': 0.84, 'patch 0.01': 0.18 } },
];
const gainsOf = (rows: Parameters<typeof workedTable>[0]['rows']) =>
  underTrainingOf(workedTable({ scenarios, undefended, frontier, rows }));

describe('DP-SGD against the under-trained frontier', () => {
  it('is, cell by cell, ρ less the best of plain SGD in that cell at no less clean accuracy', () => {
    const { settings, better, worse, of } = gainsOf({
      'dp-sgd': { clean: 0.82, 'flips 0.1': 0.82, 'patch 0.01': 0.82 },
    });
    expect(settings[0]!.cells.map(({ cell, gain }) => [cell.scenario, Number(gain.value.toFixed(9))])).toEqual([
      ['flips', -0.4], // .2 − .6, by the run of 40 steps
      ['patch', 0.4], // .9 − .5
    ]);
    expect([better, worse, of]).toEqual([1, 1, 2]);
  });

  it('leaves out the runs that are less accurate than the defense', () => {
    const { settings } = gainsOf({ 'dp-sgd': { clean: 0.85, 'flips 0.1': 0.82, 'patch 0.01': 0.82 } });
    expect(settings[0]!.cells.map(({ gain }) => Number(gain.value.toFixed(9)))).toEqual([-0.2, 0.8]);
  });

  it('has the frontier as a curve, and each setting’s place beside it', () => {
    const {
      frontier: curve,
      settings,
      missing,
    } = gainsOf({ 'dp-sgd-c1-s2': { clean: 0.7, 'flips 0.1': 0.82, 'patch 0.01': 0.82 } });
    expect(
      curve.map(({ steps, cleanAccuracy, scores }) => [
        steps,
        Number(cleanAccuracy.toFixed(9)),
        Number(scores.worst!.value.toFixed(9)),
      ]),
    ).toEqual([
      [40, 0.82, 0.5],
      [80, 0.86, 0.1],
      [null, 0.9, 0],
    ]);
    expect(
      settings.map(({ id, cleanAccuracy, worst }) => [
        id,
        Number(cleanAccuracy.toFixed(9)),
        Number(worst!.value.toFixed(9)),
      ]),
    ).toEqual([['dp-sgd-c1-s2', 0.7, 0.2]]);
    expect(missing).toEqual(['dp-sgd', 'dp-sgd-c1-s1', 'dp-sgd-c0.1-s1']);
  });

  it('is nothing where the reference has no frontier', () => {
    const found = underTrainingOf(
      workedTable({ scenarios, undefended, rows: { 'dp-sgd': { 'flips 0.1': 0.82, 'patch 0.01': 0.82 } } }),
    );
    expect([found.frontier, found.settings[0]!.cells, found.of]).toEqual([[], [], 0]);
  });
});
