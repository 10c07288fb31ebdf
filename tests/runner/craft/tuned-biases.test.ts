import { describe, expect, it } from 'vitest';
import { keptOf } from '../../../lib/scoring/version-2/kept.ts';
import { type BiasedCell, leftBy, tunedBiases } from '../../../runner/craft/tuned-biases.ts';
import { recallsOf, robustAccuracyOf } from '../../../runner/metrics/index.ts';
import { labelsOf } from '../../../runner/metrics/labels.ts';
import { rootOf } from '../../../runner/random/rng.ts';

const classes = 10;
const kinds = ['backdoor', 'all to all', 'swap', 'everything'] as const;

/** Logits as of a model that an attack of this kind has hit: the true class leads, but where it is attacked. */
function cellOf(kind: (typeof kinds)[number]): BiasedCell {
  const rng = rootOf(`biased ${kind}`);
  const called = (n: number, labels: readonly number[], pull: (label: number) => number | null, force: number) => {
    const y = Int32Array.from({ length: n }, (_, row) => labels[row % labels.length]!);
    const logits = rng.gaussians(n * classes, 1.2);
    y.forEach((label, row) => {
      logits[row * classes + label]! += 3;
      const to = pull(label);
      if (to !== null) logits[row * classes + to]! += force;
    });
    return { y, logits };
  };
  const all = Array.from({ length: classes }, (_, label) => label);
  const next = (label: number) => (label + 1) % classes;
  const swap = (label: number) => (label === 2 ? 4 : label === 4 ? 2 : null);
  const recalls = all.map((label) => 0.85 + 0.01 * label);
  switch (kind) {
    case 'backdoor': {
      const attacked = called(900, all.slice(1), () => 0, 5);
      return {
        standard: { recalls, cap: 0.88, others: [0] },
        test: called(1000, all, () => null, 0),
        attacked: { ...attacked, wanted: new Int32Array(900) },
      };
    }
    case 'all to all': {
      const attacked = called(1000, all, next, 5);
      return {
        standard: { recalls, cap: 0.88, others: all },
        test: called(1000, all, () => null, 0),
        attacked: { ...attacked, wanted: attacked.y.map(next) },
      };
    }
    case 'swap': {
      const attacked = called(200, [2, 4], swap, 2.5);
      return {
        standard: { recalls, cap: 0.88, others: all.filter((label) => swap(label) === null) },
        test: called(1000, all, swap, 2.5),
        attacked: { ...attacked, wanted: attacked.y.map((label) => swap(label)!) },
      };
    }
    case 'everything': {
      const test = called(1000, all, (label) => (label < 5 ? 7 : null), 2);
      const shares = Float64Array.from(all, (label) => 0.06 + (0.08 * label) / 9);
      return { standard: { recalls, cap: 0.88, others: [] }, test, attacked: { ...test, wanted: null, shares } };
    }
  }
}

describe.each(kinds)('biases tuned on a model under an attack of the kind %s', (kind) => {
  const cell = cellOf(kind);
  const tuned = tunedBiases(cell);
  const kept = (biases: readonly number[]) => keptOf(cell.standard, cell.standard.recalls, leftBy(cell, biases));

  it('are beaten by none of 1,000 drawn at random by more than .01', { timeout: 300_000 }, () => {
    const rng = rootOf(`random biases ${kind}`);
    const best = Math.max(
      ...Array.from({ length: 1000 }, (_, at) => kept([...rng.gaussians(classes, [0.5, 1, 2, 4][at % 4]!)])),
    );
    expect(best).toBeLessThanOrEqual(kept(tuned.biases) + 0.01);
  });

  it('are no worse than none, and the same each time', () => {
    expect(kept(tuned.biases)).toBeGreaterThanOrEqual(kept(new Array(classes).fill(0)));
    expect(tunedBiases(cell)).toEqual(tuned);
  });

  it('leave what the model leaves with them added to its logits', () => {
    const called = ({ logits, y }: BiasedCell['test']) =>
      labelsOf(
        logits.map((value, at) => value + tuned.biases[at % classes]!),
        y.length,
      );
    const { test, attacked } = cell;
    expect(tuned.recalls).toEqual(recallsOf(called(test), { y: test.y, classes }));
    expect(tuned.robustAccuracy).toBe(robustAccuracyOf(called(attacked), { y: attacked.y, classes }, attacked.shares));
  });
});

it('a backdoor into one class is undone in part by a veto of it, and pays for the class that it gives up', () => {
  const cell = cellOf('backdoor');
  const vetoed = leftBy(cell, [-1000, ...new Array(classes - 1).fill(0)]);
  expect(vetoed.recalls[0]).toBe(0);
  expect(vetoed.robustAccuracy).toBeGreaterThan(0.8);
  expect(keptOf(cell.standard, cell.standard.recalls, vetoed)).toBeLessThan(0.15);
});
