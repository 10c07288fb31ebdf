import { beforeAll, describe, expect, test } from 'vitest';
import { takeRows } from '../../../runner/datasets/rows.ts';
import { cleanLabelPoison } from '../../../runner/paper/attacks/clean-label.ts';
import { featureCollision } from '../../../runner/paper/attacks/feature-collision.ts';
import { labelFlipAppended } from '../../../runner/paper/attacks/label-flip-appended.ts';
import { append } from '../../../runner/paper/rows.ts';
import { rootOf, streamsOf } from '../../../runner/random/rng.ts';
import type { Checkpoint } from '../../../runner/train/epochs.ts';
import { trainEpochs } from '../../../runner/train/epochs.ts';
import { featuresOf, logitsOf } from '../../../runner/train/predict.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

const rows = toyRows(200);

describe('label flips, appended', () => {
  test('are copies of distinct training rows under another label, r·n of them, behind the clean rows', () => {
    const poison = labelFlipAppended(rows, 0.1, rootOf('flips'));
    const whole = append(rows, poison);
    expect([poison.n, whole.n]).toEqual([20, 220]);
    expect(whole.x.subarray(0, rows.x.length)).toEqual(rows.x);
    const sources = [...Array(poison.n).keys()].map((index) => {
      const pixels = poison.x.subarray(index * 30, (index + 1) * 30);
      return [...Array(rows.n).keys()].find((row) =>
        rows.x.subarray(row * 30, (row + 1) * 30).every((value, at) => value === pixels[at]),
      )!;
    });
    expect(new Set(sources).size).toBe(20);
    for (const [index, row] of sources.entries()) expect(poison.y[index]).not.toBe(rows.y[row]);
  });

  test('a larger rate holds the rows of a smaller one', () => {
    const [few, many] = [0.05, 0.2].map((rate) => labelFlipAppended(rows, rate, rootOf('flips')));
    expect(many!.x.subarray(0, few!.x.length)).toEqual(few!.x);
  });

  test('rows of another shape are not appended', () =>
    expect(() => append(rows, { x: new Uint8Array(7), y: new Int32Array(1) })).toThrow(/7 pixels/));
});

describe('feature collision', () => {
  test('interpolates pair by pair under the first label: α 0 is the row itself, α 1 the other one', () => {
    const of = (alpha: number) => featureCollision(rows, { from: 2, to: 3, alpha, pairs: 5 });
    const first = (label: number) =>
      takeRows(rows, [...rows.y.keys()].filter((row) => rows.y[row] === label).slice(0, 5));
    expect(of(0).x).toEqual(first(2).x);
    expect(of(1).x).toEqual(first(3).x);
    expect(of(0.4).y).toEqual(new Int32Array(5).fill(2));
    expect(
      of(0.4).x.every((value, at) => Math.abs(value - (0.6 * first(2).x[at]! + 0.4 * first(3).x[at]!)) <= 0.5),
    ).toBe(true);
  });

  test('more pairs than there are rows are refused', () =>
    expect(() => featureCollision(rows, { from: 0, to: 1, alpha: 1, pairs: 150 })).toThrow(/150 pairs/));
});

describe.each([
  ['logistic regression', [] as number[]],
  ['two hidden layers', [16, 12]],
])('clean-label poison against %s', (_, hidden) => {
  let tf: Tf;
  let trained: Checkpoint;
  const model = toyModel(hidden, { sampling: 'shuffle', schedule: 'constant' });
  beforeAll(async () => {
    ({ tf } = await openEngine('wasm'));
    for await (const checkpoint of trainEpochs({
      tf,
      model,
      train: rows,
      streams: streamsOf('toy', 'toy', 3),
      epochs: 6,
    }))
      trained = checkpoint;
  });
  const target = takeRows(rows, [rows.y.indexOf(1)]);
  const craft = (count: number) =>
    cleanLabelPoison(tf, model, trained.weights, { train: rows, target, wanted: 0, count, rng: rootOf('clean') });
  /** What the attack moves: the last hidden layer, for a single layer the logits. */
  const seen = (of: typeof rows) => (hidden.length === 0 ? logitsOf : featuresOf)(tf, model, trained.weights, of);
  const distance = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, at) => value - b[at]!));

  test('moves the features of bases of the wanted class onto the target’s, and keeps their label', () => {
    const { poison } = craft(6);
    expect([...poison.y]).toEqual(new Array(6).fill(0));
    const goal = seen(target);
    const classRows = takeRows(
      rows,
      [...rows.y.keys()].filter((row) => rows.y[row] === 0),
    );
    const far = (of: typeof rows) => [...Array(of.n).keys()].map((row) => distance(seen(takeRows(of, [row])), goal));
    const nearest = Math.min(...far(classRows));
    for (const one of far(poison)) expect(one).toBeLessThan(0.35 * nearest);
  });

  test('is sorted by how far it was moved, is drawn the same again, and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const { poison, perturbations } = craft(6);
    expect(perturbations).toEqual([...perturbations].sort((a, b) => a - b));
    expect(perturbations[0]).toBeGreaterThan(0);
    expect(craft(6).poison).toEqual(poison);
    expect(tf.memory().numTensors).toBe(before);
    expect(() => craft(300)).toThrow(/count=300/);
  });
});
