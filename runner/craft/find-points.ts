import { coreRecipe } from '../../lib/catalog/recipes.ts';
import type { Point } from '../../lib/contract/attack.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import { rowSize } from '../datasets/rows.ts';
import { type Rng, rootOf } from '../random/rng.ts';
import { copiesOf } from './attacks/slab.ts';
import { isInside, poisonedMeans } from './attacks/sphere-and-slab.ts';
import { accuracyOf, type BinaryRows, trainLine } from './binary-victim.ts';
import { type Directions, directionsOf } from './directions.ts';

/**
 * What the attacker trains against: the model without a defense, and with its gradients clipped at the norm of baseline
 * `clip-only`.
 */
const clippingNorms = [Number.POSITIVE_INFINITY, 1];
const pointsPerClass = 2;
const numbersPerPoint = 4;
const restarts = 100;
const steps = 300;
/** Of Gaussian steps, each for a third of them. */
const scales = [1, 0.5, 0.2];

/** Of the points found: the mean, over the victims, of the accuracy that they leave on every second clean row. */
export type Found = { readonly evaluations: number; readonly accuracy: number; readonly points: readonly Point[] };

/**
 * Black-box search for the points of attack `slab`: at most four points, two for each class, and their shares. These
 * are 16 numbers. Each setting inside sphere and slab is tried: logistic regression is trained on it by recipe `core`,
 * and its accuracy is measured on every second clean row, at the last iterate. The search minimizes the mean of that
 * over the victims. It begins with random restarts, then takes Gaussian steps on half of the numbers. Sphere and slab
 * lie around the poisoned means. The points are the same on every machine.
 *
 * The objective is that of Steinhardt, Koh, Liang 2017, https://arxiv.org/abs/1706.03691. The search takes the place of
 * their semidefinite program.
 */
export async function findPoints(
  dataset: string,
  rate: number,
  clean: LabeledSet,
  say: (fraction: number, best: number) => void,
): Promise<Found> {
  const rng = rootOf(`antidote points\0${dataset}\0${rate}`);
  const recipe = coreRecipe(dataset);
  const k = Math.floor(rate * clean.n);
  const rows = binaryRows(clean);
  const all = Int32Array.from({ length: clean.n }, (_, row) => row);
  const half = all.filter((row) => row % 2 === 0);
  const seed = rng.fork('batches').hex;
  const directions = directionsOf(clean, trainLine(rows, all, recipe, seed, Number.POSITIVE_INFINITY));
  const displaced = rng.fork('displaced').sample(clean.n, k);
  const score = (points: readonly Point[]) => {
    for (const [i, point] of points.entries()) setRow(rows, clean.n + i, point.pixels, point.label, clean.scale);
    const trained = all.slice();
    copiesOf(points, k).forEach((point, i) => {
      trained[displaced[i]!] = clean.n + point;
    });
    const accuracies = clippingNorms.map((norm) =>
      accuracyOf(trainLine(rows, trained, recipe, seed, norm), rows, half),
    );
    return accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
  };

  const draw = rng.fork('search');
  let best: { numbers: Float64Array; points: Point[]; accuracy: number } = {
    numbers: new Float64Array(),
    points: [],
    accuracy: Number.POSITIVE_INFINITY,
  };
  const evaluations = restarts + steps;
  for (let done = 0; done < evaluations; done++) {
    const scale = scales[Math.floor(((done - restarts) * scales.length) / steps)]!;
    const next = drawnIn(done < restarts ? anyNumbers(draw) : stepped(best.numbers, scale, draw), directions, clean, k);
    const accuracy = next.points.length > 0 ? score(next.points) : Number.POSITIVE_INFINITY;
    if (accuracy < best.accuracy) best = { ...next, accuracy };
    say((done + 1) / evaluations, best.accuracy);
    await new Promise(setImmediate); // lets a signal through
  }
  return { evaluations, accuracy: best.accuracy, points: best.points };
}

/** The clean rows, and room for the points behind them. */
function binaryRows(clean: LabeledSet): BinaryRows {
  const size = rowSize(clean);
  const n = clean.n + 2 * pointsPerClass;
  const rows = { x: new Float32Array(n * size), squares: new Float64Array(n), y: new Uint8Array(n), size };
  for (let row = 0; row < clean.n; row++)
    setRow(rows, row, clean.x.subarray(row * size, (row + 1) * size), clean.y[row]!, clean.scale);
  return rows;
}

function setRow(
  { x, squares, y, size }: BinaryRows,
  row: number,
  pixels: Uint8Array,
  label: number,
  scale: number,
): void {
  let square = 1;
  for (let i = 0; i < size; i++) {
    const value = pixels[i]! / scale;
    x[row * size + i] = value;
    square += value * value;
  }
  squares[row] = square;
  y[row] = label;
}

function anyNumbers(draw: Rng): Float64Array {
  const numbers = new Float64Array(2 * pointsPerClass * numbersPerPoint);
  const normal = draw.gaussians(numbers.length, 1);
  for (let at = 0; at < numbers.length; at += numbersPerPoint)
    numbers.set([0.6 + 0.6 * normal[at]!, 0.6 * normal[at + 1]!, 0.6 * normal[at + 2]!, draw.uniform() - 0.4], at);
  return numbers;
}

function stepped(numbers: Float64Array, scale: number, draw: Rng): Float64Array {
  const normal = draw.gaussians(numbers.length, 0.3 * scale);
  return numbers.map((value, at) => (draw.uniform() < 0.5 ? value + normal[at]! : value));
}

/** Points outside are drawn in by tenths, towards the clean mean of their class, until none is. */
function drawnIn(
  numbers: Float64Array,
  directions: Directions,
  clean: LabeledSet,
  k: number,
): { numbers: Float64Array; points: Point[] } {
  for (;;) {
    const points = pointsOf(numbers, directions);
    const means = poisonedMeans(directions.region, clean, points, k);
    const outside = points.filter(({ pixels, label }) => !isInside(directions.region, means, pixels, label));
    if (outside.length === 0) return { numbers, points };
    for (const { at } of outside) for (let i = at; i < at + numbersPerPoint - 1; i++) numbers[i]! *= 0.9;
  }
}

/** Each with the place of its numbers. A point whose share is not above 0 is none. */
function pointsOf(numbers: Float64Array, { region, w, u, v }: Directions): (Point & { at: number })[] {
  const drawn = Array.from({ length: 2 * pointsPerClass }, (_, point) => {
    const at = point * numbersPerPoint;
    const [a, b, e, mass] = [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!];
    const label = point % 2;
    const sign = label === 1 ? 1 : -1;
    const pixels = Uint8ClampedArray.from(
      region.means[label]!,
      (mean, pixel) => mean - sign * (a * w[pixel]! + b * u[pixel]! + e * v[pixel]!),
    );
    return { at, label, mass, pixels: new Uint8Array(pixels.buffer) };
  }).filter(({ mass }) => mass > 0);
  const total = drawn.reduce((sum, { mass }) => sum + mass, 0);
  return drawn.map(({ at, label, mass, pixels }) => ({ at, label, share: mass / total, pixels }));
}
