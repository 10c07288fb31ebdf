import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type {
  FitOptions,
  Gradient,
  GradientStep,
  LabeledSet,
  ModelCard,
  Weights,
} from '../../../lib/contract/defense.ts';
import type { UsualBackend } from '../../../lib/contract/ids.ts';
import cleanDpSgd from '../../../runner/defenses/modules/dp-sgd.ts';
import { streamsOf } from '../../../runner/random/rng.ts';
import { type Checkpoint, trainEpochs } from '../../../runner/train/epochs.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { FlatGradient } from '../../../runner/train/gradient.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { gradientOf } from '../../support/reference-network.ts';
import { conv, maxpool, toyModel, toyRows } from '../../support/toy.ts';

const streams = streamsOf('toy', 'toy', 0);
/**
 * Of the two convolutions of `cnn` the first writes an example's gradient out, and the second, at this size, does not.
 */
const shapes = {
  'logistic regression': [],
  'one hidden layer': [40],
  'two hidden layers': [24, 40],
  'a convolution': [conv(3)],
  'small convolutions and two poolings': [conv(4), conv(5), maxpool, conv(6), maxpool],
  'the convolutions of cnn': [conv(16), conv(32), maxpool, 40],
};

/** What every engine must do, run on each of them by a file of its own (an engine is opened once in a process). */
export function trainingContract(backend: UsualBackend) {
  let tf: Tf;
  beforeAll(async () => {
    ({ tf } = await openEngine(backend));
  });
  const trainer = (model: ModelCard) => createTrainer({ tf, model, streams });

  /** The first step on all of the rows, from those weights, and whatever is made of it while it lasts. */
  async function onFirstStep<T>(
    model: ModelCard,
    rows: LabeledSet,
    init: Weights | undefined,
    look: (step: GradientStep) => T,
    options: FitOptions = {},
  ) {
    const seen: T[] = [];
    const whole = { ...model, recipe: { ...model.recipe, steps: 1, batchSize: rows.n, sampling: 'shuffle' } as const };
    const shape = (step: GradientStep) => {
      seen.push(look(step));
      return step.sum(new Float32Array(step.size));
    };
    const weights = await trainer(whole).fit(rows, { ...options, init, shape });
    return { seen: seen[0]!, weights };
  }
  const one = (size: number, index: number) =>
    Float32Array.from({ length: size }, (_, place) => (place === index ? 1 : 0));
  const partsOf = (gradient: Gradient) => {
    const { values, factor } = FlatGradient.wholeOf(gradient)!;
    return Float64Array.from(values, (value) => value * factor);
  };
  const normOf = (values: Float64Array) => Math.hypot(...values);

  describe.each(Object.entries(shapes))('per-example gradients of %s', (_, hidden) => {
    const model = toyModel(hidden);
    const rows = toyRows(12);

    test('agree with a batch of one in float64: sums, norms and dot products, within 1e-6 relative', async () => {
      const { seen, weights } = await onFirstStep(model, rows, undefined, (step) => ({
        labels: step.labels,
        each: Array.from({ length: step.size }, (_, index) => step.sum(one(step.size, index))),
        norms: step.norms(),
        total: step.sum(new Float32Array(step.size).fill(1)),
        dots: step.dots(step.sum(new Float32Array(step.size).fill(0.5))),
      }));
      const oracle = Array.from({ length: rows.n }, (_, row) => gradientOf(model, weights, rows, row));
      const total = oracle.reduce((sum, gradient) => sum.map((value, index) => value + gradient[index]!));
      const matched = new Set<number>();
      for (const [index, gradient] of seen.each.entries()) {
        const got = partsOf(gradient);
        const distances = oracle.map((wanted) => normOf(wanted.map((value, at) => value - got[at]!)) / normOf(wanted));
        const row = distances.indexOf(Math.min(...distances));
        matched.add(row);
        expect(distances[row]).toBeLessThan(1e-6);
        expect(Math.abs(seen.norms[index]! / normOf(oracle[row]!) - 1)).toBeLessThan(1e-6);
        const dot = oracle[row]!.reduce((sum, value, at) => sum + value * total[at]! * 0.5, 0);
        expect(Math.abs(seen.dots[index]! - dot)).toBeLessThan(1e-6 * normOf(oracle[row]!) * normOf(total));
        expect(seen.labels[index]).toBe(rows.y[row]);
      }
      expect(matched.size).toBe(rows.n);
      const got = partsOf(seen.total);
      expect(normOf(got.map((value, at) => value - total[at]!))).toBeLessThan(1e-6 * normOf(total));
    });

    test('the clipped sum moves by at most C when a row comes or goes, also where other rows overflow', async () => {
      const huge = (weights: Weights, factor: number): Weights =>
        weights.map((weight) => ({ ...weight, data: weight.data.map((value) => value * factor) }));
      const { weights } = await onFirstStep(model, rows, undefined, () => null);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(1, 1e3, 1e19, 1e30, 1e37),
          fc.constantFrom(0.01, 1, 30),
          fc.nat(rows.n - 1),
          async (factor, clipNorm, row) => {
            const { seen } = await onFirstStep(model, rows, huge(weights, factor), (step) => {
              const clip = step
                .norms()
                .map((norm) => (Number.isFinite(norm) ? Math.min(1, (clipNorm * (1 - 1e-4)) / norm) : 0));
              const without = clip.map((weight, index) => (index === row ? 0 : weight));
              return step.sum(clip).plus(step.sum(without).times(-1));
            });
            expect(seen.norm()).toBeLessThanOrEqual(clipNorm);
          },
        ),
        { numRuns: 40 },
      );
    });

    test('a row of weight 0 adds nothing even where its gradient is not finite', async () => {
      const { weights } = await onFirstStep(model, rows, undefined, () => null);
      const bright = rows.x.slice();
      bright.fill(255, 0, 30);
      bright.fill(0, 30);
      const poisoned = { ...rows, x: bright };
      const broken = weights.map((weight) => ({
        ...weight,
        data: weight.data.map((value) => (/0\/kernel$/.test(weight.name) ? Math.sign(value) * 3e38 : value)),
      }));
      const { seen } = await onFirstStep(model, poisoned, broken, (step) => {
        const norms = step.norms();
        return { norms, sum: step.sum(norms.map((norm) => (Number.isFinite(norm) ? 1 : 0))) };
      });
      expect(seen.norms.filter((norm) => !Number.isFinite(norm))).toHaveLength(1);
      expect(partsOf(seen.sum).every(Number.isFinite)).toBe(true);
      expect(seen.sum.norm()).toBeGreaterThan(0);
    });
  });

  describe('the gradient algebra', () => {
    const model = toyModel([8]);
    const rows = toyRows(12);

    test('plus, times, dot and norm are those of vectors, and change nothing in place', async () => {
      const { seen } = await onFirstStep(
        model,
        rows,
        undefined,
        (step) => [step.sum(one(12, 0)), step.sum(one(12, 1)), step.noise(0)] as const,
      );
      const [a, b, zero] = seen;
      const [u, v] = [partsOf(a), partsOf(b)];
      const dot = u.reduce((sum, value, index) => sum + value * v[index]!, 0);
      expect(a.dot(b)).toBeCloseTo(dot, 12);
      expect(a.times(2).plus(b.times(-3)).norm()).toBeCloseTo(
        normOf(u.map((value, index) => 2 * value - 3 * v[index]!)),
        6,
      );
      expect(partsOf(a)).toEqual(u);
      expect(partsOf(a.plus(zero))).toEqual(u);
      expect([zero.norm(), zero.dot(a), a.times(0).norm()]).toEqual([0, 0, 0]);
      const many = Array.from({ length: 5 }).reduce<Gradient>((sum) => sum.plus(a).plus(b.times(0.5)), zero);
      expect(many.plus(a.times(-5)).plus(b.times(-2.5)).norm()).toBeLessThan(1e-5 * many.norm());
      expect(() => a.plus({} as Gradient)).toThrow(TypeError);
    });

    test('the median is that of each coordinate, and refuses what is no list of gradients', async () => {
      const { seen } = await onFirstStep(model, rows, undefined, (step) => {
        const each = [0, 1, 2, 3].map((row) => step.sum(one(12, row)));
        expect(() => step.median([])).toThrow(RangeError);
        expect(() => step.median([{} as Gradient])).toThrow(TypeError);
        return { each, odd: step.median(each.slice(1)), even: step.median(each.map((gradient) => gradient.times(2))) };
      });
      const values = seen.each.map(partsOf);
      const sorted = (index: number, from: number) =>
        values
          .slice(from)
          .map((own) => own[index]!)
          .sort((a, b) => a - b);
      for (const [index, value] of partsOf(seen.odd).entries()) expect(value).toBe(sorted(index, 1)[1]);
      for (const [index, value] of partsOf(seen.even).entries()) {
        const [, low, high] = sorted(index, 0);
        expect(value).toBeCloseTo(low! + high!, 6);
      }
    });

    test('noise has the standard deviation asked for, is fresh at every call, and none is drawn for 0', async () => {
      const { seen } = await onFirstStep(toyModel([400]), rows, undefined, (step) => {
        step.noise(0);
        return [step.noise(2), step.noise(2)] as const;
      });
      const [a, b] = seen.map(partsOf) as [Float64Array, Float64Array];
      expect(normOf(a) / Math.sqrt(a.length)).toBeCloseTo(2, 1);
      expect(Math.abs(seen[0].dot(seen[1])) / a.length).toBeLessThan(0.2);
      expect(a).not.toEqual(b);
      const again = await onFirstStep(toyModel([400]), rows, undefined, (step) => step.noise(2));
      expect(partsOf(again.seen)).toEqual(a);
    });

    test('a step that is over says so; its gradients live on', async () => {
      let kept: GradientStep | undefined;
      const { seen } = await onFirstStep(model, rows, undefined, (step) => {
        kept = step;
        return step.sum(one(12, 0));
      });
      expect(seen.norm()).toBeGreaterThan(0);
      expect(() => kept!.norms()).toThrow(/is over/);
    });

    test('refuses a wrong number of weights, an infinite noise, and what is no gradient', async () => {
      const throwing = (act: (step: GradientStep) => unknown) =>
        onFirstStep(model, rows, undefined, (step) => act(step));
      await expect(throwing((step) => step.sum(new Float32Array(3)))).rejects.toThrow(/3 weights/);
      await expect(throwing((step) => step.noise(Infinity))).rejects.toThrow(RangeError);
      await expect(throwing((step) => step.dots({} as Gradient))).rejects.toThrow(TypeError);
      const shape = () => ({ plus: () => 0 }) as unknown as Gradient;
      await expect(trainer(model).fit(rows, { shape })).rejects.toMatchObject({ reason: 'bad-output' });
    });
  });

  describe('fit', () => {
    const model = toyModel([16]);
    const rows = toyRows(300);
    const accuracy = (weights: Weights, on: LabeledSet) => {
      const logits = trainer(model).logits(weights, on);
      const called = Array.from(on.y, (_, row) =>
        logits
          .subarray(row * 4, row * 4 + 4)
          .reduce((best, value, index, all) => (value > all[best]! ? index : best), 0),
      );
      return called.filter((label, row) => label === on.y[row]).length / on.n;
    };

    test('learns', async () => {
      expect(accuracy(await trainer(model).fit(rows), toyRows(200, 'held out'))).toBeGreaterThan(0.95);
    });

    test('C = ∞ and σ = 0 is plain SGD with the same sampler, to the bit', async () => {
      const unclipped = (step: GradientStep) => {
        const sum = step.sum(step.norms().map(() => 1));
        return sum.plus(step.noise(0)).times(1 / step.expectedSize);
      };
      for (const hidden of Object.values(shapes)) {
        const plain = await trainer(toyModel(hidden)).fit(rows);
        expect(await trainer(toyModel(hidden)).fit(rows, { shape: unclipped })).toEqual(plain);
      }
    });

    test('begins with biases of 0 and kernels uniform up to √(6 / (fan in + fan out)), the window’s 9 places counted in both', async () => {
      const weights = await trainer(toyModel([conv(16), conv(32), maxpool, 40])).fit(rows, {
        learningRate: 0,
        epochs: 1,
      });
      const limits = {
        'conv0/kernel': 6 / (9 * 17),
        'conv1/kernel': 6 / (9 * 48),
        'dense3/kernel': 6 / (3 * 2 * 32 + 40),
        'dense4/kernel': 6 / (40 + 4),
      };
      for (const { name, data } of weights) {
        const limit = Math.sqrt(limits[name as keyof typeof limits] ?? 0);
        const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(largest).toBeLessThanOrEqual(limit);
        expect(largest).toBeGreaterThanOrEqual(0.95 * limit);
      }
    });

    test('the same streams give the same bits, other streams others', async () => {
      const convolutions = toyModel([conv(16), conv(32), maxpool, 40]);
      expect(await trainer(convolutions).fit(rows, { shape: cleanDpSgd.shape })).toEqual(
        await trainer(convolutions).fit(rows, { shape: cleanDpSgd.shape }),
      );
      const first = await trainer(model).fit(rows, { shape: cleanDpSgd.shape });
      expect(await trainer(model).fit(rows, { shape: cleanDpSgd.shape })).toEqual(first);
      const other = createTrainer({ tf, model, streams: streamsOf('toy', 'toy', 1) });
      expect(await other.fit(rows, { shape: cleanDpSgd.shape })).not.toEqual(first);
    });

    test('the second fit of a trainer is another draw, the first one is not changed by it', async () => {
      const host = trainer(model);
      const [first, second] = [await host.fit(rows), await host.fit(rows)];
      expect(second).not.toEqual(first);
      expect(await trainer(model).fit(rows)).toEqual(first);
    });

    test('rows of weight 0 leave before batching: their content can not matter, and batches keep their expected size', async () => {
      const weights = Float32Array.from({ length: rows.n }, (_, row) => (row % 2 ? 0 : 1));
      const garbled = { ...rows, x: rows.x.map((value, at) => (Math.floor(at / 30) % 2 ? 255 - value : value)) };
      const sizes: number[] = [];
      const counting = (step: GradientStep) => {
        sizes.push(step.size);
        return step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize);
      };
      const plain = await trainer(model).fit(rows, { weights });
      expect(await trainer(model).fit(garbled, { weights, shape: counting })).toEqual(plain);
      expect(sizes).toHaveLength(30);
      expect(Math.abs(sizes.reduce((sum, size) => sum + size, 0) / 30 - 16)).toBeLessThan(4 * Math.sqrt(16 / 30));
    });

    test('a row weight multiplies its gradient', async () => {
      const half = await onFirstStep(model, rows, undefined, (step) => step.sum(new Float32Array(step.size).fill(1)), {
        weights: new Float32Array(rows.n).fill(0.5),
      });
      const whole = await onFirstStep(model, rows, undefined, (step) =>
        step.sum(new Float32Array(step.size).fill(0.5)),
      );
      expect(half.seen.plus(whole.seen.times(-1)).norm()).toBeLessThan(1e-6 * whole.seen.norm());
    });

    test('targets of one class are its label, to the bit; shares of two give the same shares of both gradients', async () => {
      const oneHot = (label: (row: number) => number) =>
        Float32Array.from({ length: rows.n * 4 }, (_, at) => (at % 4 === label(Math.floor(at / 4)) ? 1 : 0));
      const labels = oneHot((row) => rows.y[row]!);
      expect(await trainer(model).fit(rows, { targets: labels })).toEqual(await trainer(model).fit(rows));
      const total = (step: GradientStep) => step.sum(new Float32Array(step.size).fill(1));
      const next = oneHot((row) => (rows.y[row]! + 1) % 4);
      const mixed = labels.map((share, at) => 0.75 * share + 0.25 * next[at]!);
      const [own, others, both] = await Promise.all(
        [labels, next, mixed].map(
          async (targets) => (await onFirstStep(model, rows, undefined, total, { targets })).seen,
        ),
      );
      expect(others!.plus(own!.times(-1)).norm()).toBeGreaterThan(0.1 * own!.norm());
      const wanted = own!.times(0.75).plus(others!.times(0.25));
      expect(both!.plus(wanted.times(-1)).norm()).toBeLessThan(1e-5 * wanted.norm());
    });

    test('targets that are no shares of the classes for every row are refused', async () => {
      const trained = (targets: Float32Array) => trainer(model).fit(rows, { targets });
      await expect(trained(new Float32Array(3))).rejects.toThrow('fit: 3 targets, want 4 for each of the 300 rows');
      await expect(trained(new Float32Array(1200))).rejects.toThrow('the targets of row 0 add up to 0, want 1');
      await expect(trained(new Float32Array(1200).fill(-0.25))).rejects.toThrow(
        'a target of row 0 is -0.25, want 0 … 1',
      );
      await expect(trained(new Float32Array(1200).fill(Number.NaN))).rejects.toThrow('a target of row 0 is NaN');
      await expect(trained([] as never)).rejects.toThrow('fit: targets is no Float32Array');
    });

    test('an empty Poisson batch steps all the same, with its noise; all rows left out gives the weights it began with, plus momentum of nothing', async () => {
      const lonely = toyRows(1);
      const rare = { ...model, recipe: { ...model.recipe, batchSize: 1, steps: 40 } };
      const none = new Float32Array(1);
      const sizes: number[] = [];
      const noisy = (step: GradientStep) => {
        sizes.push(step.size);
        expect([step.norms().length, step.dots(step.noise(1)).length, step.sum(new Float32Array(0)).norm()]).toEqual([
          0, 0, 0,
        ]);
        return step.sum(new Float32Array(step.size)).plus(step.noise(1));
      };
      const still = await trainer(rare).fit(lonely, { weights: none });
      expect(await trainer(rare).fit(lonely, { weights: none, init: still })).toEqual(still);
      expect(await trainer(rare).fit(lonely, { weights: none, init: still, shape: noisy })).not.toEqual(still);
      expect(sizes).toEqual(new Array(40).fill(0));
    });

    test('epochs, batch size and learning rate are options; epochs count steps of whole batches', async () => {
      const steps: number[] = [];
      const expected: number[] = [];
      const shape = (step: GradientStep) => {
        steps.push(step.index);
        expected.push(step.expectedSize);
        return step.noise(0);
      };
      await trainer(model).fit(rows, { shape, epochs: 2, batchSize: 32 });
      expect([steps.length, expected[0]]).toEqual([18, 32]);
      await expect(trainer(model).fit(rows, { learningRate: 0 })).resolves.toEqual(
        await trainer(model).fit(rows, { shape: (step) => step.noise(0) }),
      );
    });

    test('an option that there is not is refused, not passed over', async () => {
      const misspelt = { learning_rate: 0.1 } as FitOptions;
      await expect(trainer(model).fit(rows, misspelt)).rejects.toThrow(/no option 'learning_rate'.*learningRate/);
      await expect(trainer(model).fit(rows, JSON.parse('3'))).rejects.toThrow('the options are a number');
      await expect(trainer(model).fit(rows, JSON.parse('null'))).rejects.toThrow('the options are null');
    });

    test('weights that are not the model’s, rows that do not fit and row weights out of range are refused', async () => {
      const host = trainer(model);
      const weights = await host.fit(rows);
      expect(() => host.logits(weights.slice(1), rows)).toThrow(RangeError);
      expect(() => host.logits([{ ...weights[0]!, name: 'other' }, ...weights.slice(1)], rows)).toThrow(/other/);
      await expect(host.fit({ ...rows, y: rows.y.map(() => 4) })).rejects.toThrow(/label 4/);
      await expect(host.fit({ ...rows, n: 299 })).rejects.toThrow(RangeError);
      await expect(host.fit(rows, { weights: new Float32Array(300).fill(1.5) })).rejects.toThrow(/1.5/);
      await expect(host.fit(rows, { weights: new Float32Array(300).fill(Number.NaN) })).rejects.toThrow(/NaN/);
    });

    test('features are the last hidden layer, or the input; logits are what the layers say', async () => {
      const host = trainer(model);
      const weights = await host.fit(rows);
      const few = toyRows(3);
      const features = host.features(weights, few);
      const logits = host.logits(weights, few);
      const [kernel, bias] = [weights[2]!.data, weights[3]!.data];
      expect(features.length).toBe(3 * 16);
      for (let row = 0; row < 3; row++)
        for (let unit = 0; unit < 4; unit++) {
          const wanted = features
            .subarray(row * 16, row * 16 + 16)
            .reduce((sum, value, at) => sum + value * kernel[at * 4 + unit]!, bias[unit]!);
          expect(logits[row * 4 + unit]).toBeCloseTo(wanted, 4);
        }
      const linear = trainer(toyModel([]));
      const input = linear.features(await linear.fit(few), few);
      expect(input).toEqual(Float32Array.from(few.x, (value) => value / 255));
    });

    test('leaves no tensor behind, also when a defense throws', async () => {
      const before = tf.memory().numTensors;
      const host = trainer(toyModel([conv(16), conv(32), maxpool, 8]));
      const weights = await host.fit(rows, { shape: cleanDpSgd.shape });
      host.features(weights, rows);
      host.logits(weights, rows);
      const failing = (step: GradientStep) => {
        step.dots(step.sum(new Float32Array(step.size).fill(1)));
        throw new Error('on purpose');
      };
      await expect(host.fit(rows, { shape: failing })).rejects.toThrow('on purpose');
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  describe('training by epochs', () => {
    const rows = toyRows(64);
    const model = toyModel([16], { sampling: 'shuffle', schedule: 'constant', steps: 12 });
    const adam = toyModel([16], { sampling: 'shuffle', schedule: 'constant', optimizer: 'adam', learningRate: 0.01 });
    const ends = async (card: ModelCard, epochs: number, options: Partial<Parameters<typeof trainEpochs>[0]> = {}) => {
      const seen: Checkpoint[] = [];
      for await (const checkpoint of trainEpochs({ tf, model: card, train: rows, streams, epochs, ...options }))
        seen.push(checkpoint);
      return seen;
    };

    test('gives a checkpoint after every epoch, the last one what fit gives, to the bit', async () => {
      const seen = await ends(model, 3);
      expect(seen).toHaveLength(3);
      expect(seen[2]!.weights).toEqual(await trainer(model).fit(rows));
      expect(seen[1]!.weights).toEqual(await trainer(model).fit(rows, { epochs: 2 }));
    });

    test('goes on from a checkpoint with what the optimizer remembers, and leaves the checkpoint as it was', async () => {
      for (const card of [model, adam]) {
        const from = (await ends(card, 2))[1]!;
        const before = structuredClone(from);
        const [onward] = await ends(card, 1, { from });
        const [forgetful] = await ends(card, 1, {
          from: {
            weights: from.weights,
            memory: { slots: from.memory.slots.map((slot) => slot.map(() => 0)), powers: Float64Array.of(1, 1) },
          },
        });
        expect(from).toEqual(before);
        expect(onward!.weights).not.toEqual(forgetful!.weights);
        expect(await ends(card, 1, { from })).toEqual([onward]);
      }
    });

    test('a memory of another optimizer or size is refused', async () => {
      const [from] = await ends(adam, 1);
      await expect(ends(model, 1, { from: from! })).rejects.toThrow(/sgd wants 1 times/);
    });

    test('whoever observes sees each batch and its rows before the step, and changes nothing', async () => {
      const rowsSeen: number[] = [];
      const watched = await ends(model, 1, { observe: ({ batch }) => rowsSeen.push(...batch.rows) });
      expect(rowsSeen.sort((a, b) => a - b)).toEqual([...Array(64).keys()]);
      expect(watched).toEqual(await ends(model, 1));
    });
  });
}
