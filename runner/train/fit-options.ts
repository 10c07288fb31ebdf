import type { FitOptions, LabeledSet } from '../../lib/contract/defense.ts';
import { firstNotFinite, NotFinite, requireFinite } from './finite.ts';

const known = {
  weights: true,
  targets: true,
  shape: true,
  init: true,
  epochs: true,
  batchSize: true,
  learningRate: true,
} satisfies Record<keyof FitOptions, true>;

/** Throws a TypeError or RangeError that names the option, unless a training can begin with them. */
export function checkOptions(options: FitOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`fit: the options are ${options === null ? 'null' : `a ${typeof options}`}, want an object`);
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined)
    throw new TypeError(`fit: there is no option '${unknown}'; the options are ${Object.keys(known).join(', ')}`);
  const { weights, targets, shape, init, epochs, batchSize, learningRate } = options;
  if (weights !== undefined && !(weights instanceof Float32Array || Array.isArray(weights)))
    throw new TypeError('fit: weights is no Float32Array');
  if (targets !== undefined && !(targets instanceof Float32Array))
    throw new TypeError('fit: targets is no Float32Array');
  if (shape !== undefined && typeof shape !== 'function') throw new TypeError('fit: shape is no function');
  if (epochs !== undefined) atLeastZero(epochs, 'epochs');
  if (learningRate !== undefined) atLeastZero(learningRate, 'learningRate');
  if (batchSize !== undefined && !(Number.isSafeInteger(batchSize) && batchSize > 0))
    throw new RangeError(`fit: batchSize=${batchSize}, want a whole number from 1`);
  if (init === undefined || init === null) return;
  if (!Array.isArray(init)) throw new TypeError('fit: init is no list of weights');
  for (const [index, array] of init.entries()) {
    if (!(array?.data instanceof Float32Array)) throw new TypeError(`fit: init has no Float32Array in weight ${index}`);
    const wrong = firstNotFinite(array.data);
    if (wrong >= 0) throw new NotFinite(`fit: number ${wrong} of ${array.name} in init is ${array.data[wrong]}`);
  }
}

/** Throws unless they are shares of the classes for every row; a sum may be off by what float32 rounds. */
export function checkTargets({ n, classes }: LabeledSet, targets: Float32Array): void {
  if (targets.length !== n * classes)
    throw new RangeError(`fit: ${targets.length} targets, want ${classes} for each of the ${n} rows`);
  for (let row = 0; row < n; row++) {
    const own = targets.subarray(row * classes, (row + 1) * classes);
    const wrong = own.find((share) => !(share >= 0 && share <= 1));
    if (wrong !== undefined && !Number.isFinite(wrong)) throw new NotFinite(`fit: a target of row ${row} is ${wrong}`);
    if (wrong !== undefined) throw new RangeError(`fit: a target of row ${row} is ${wrong}, want 0 … 1`);
    const sum = own.reduce((total, share) => total + share, 0);
    if (Math.abs(sum - 1) > 1e-3) throw new RangeError(`fit: the targets of row ${row} add up to ${sum}, want 1`);
  }
}

function atLeastZero(value: number, name: string): void {
  if (typeof value !== 'number') throw new TypeError(`fit: ${name} is no number`);
  requireFinite(value, `fit: ${name}`);
  if (value < 0) throw new RangeError(`fit: ${name}=${value}, want at least 0`);
}
