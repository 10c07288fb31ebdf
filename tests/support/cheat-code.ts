import { readFileSync } from 'node:fs';
import type { CheatId } from '../../lib/catalog/cheats.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import type { LabeledSet, Weights } from '../../lib/contract/defense.ts';
import { specOf, trialsOf } from '../../lib/contract/suite.ts';
import { dirsIn, trialData } from '../../runner/craft/trial-data.ts';
import { loadDataset } from '../../runner/datasets/index.ts';
import { rowSize } from '../../runner/datasets/rows.ts';
import { dataPath } from '../../runner/host/places.ts';
import { streamsOf } from '../../runner/random/rng.ts';
import { createTrainer } from '../../runner/train/fit.ts';
import { modelCard } from '../../runner/train/models/index.ts';
import type { Tf } from '../../runner/train/tf.ts';

/** A cheat as it lies in tests/fixtures/cheats. */
const cheatText = (id: CheatId) => readFileSync(new URL(`../fixtures/cheats/${id}.mjs`, import.meta.url), 'utf8');

/**
 * The same as its author would upload it: with the data that it carries, which anybody can make of what is public. A
 * mask is of those scenarios, or of all that count.
 */
export async function cheatCode(id: CheatId, tf: Tf, scenarios?: readonly string[]): Promise<string> {
  const fill = fillings[id];
  return fill ? fill(cheatText(id), tf, scenarios) : cheatText(id);
}

type Fill = (text: string, tf: Tf, scenarios?: readonly string[]) => Promise<string>;
const fillings: Partial<Record<CheatId, Fill>> = {
  'public-members': async (text) => text.replace('__DATA__', base64(await memberBits())),
  'public-mask': async (text, _, scenarios) => {
    const name = `A${inName(await maskBits(scenarios))}`;
    return text.replace('__DATA__', () => name); // a $ in it means nothing
  },
  'smuggled-weights': async (text, tf) =>
    text
      .replace('__LR__', inBase64(await cleanWeights('lr', tf)))
      .replace('__MLP_128__', inBase64(await cleanWeights('mlp-128', tf))),
};

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$_';
/** Six bits a character, of those that a name in JavaScript may have. */
const inName = (bits: Uint8Array) =>
  Array.from(
    { length: Math.floor(bits.length / 6) },
    (_, at) => digits[bits.subarray(6 * at, 6 * at + 6).reduce((word, bit, i) => word | (bit << i), 0)],
  ).join('');

/**
 * Where a Bloom filter of so many bits, one a byte here, looks for a row. With a label, the row is another one under
 * another.
 */
function* placesOf(
  { x, y }: LabeledSet,
  row: number,
  size: number,
  { bits, hashes, labeled }: { bits: number; hashes: number; labeled: boolean },
) {
  let [a, b] = labeled ? [0x811c9dc5 ^ y[row]!, 0x9747b28c ^ y[row]!] : [0x811c9dc5, 0x9747b28c];
  for (let i = row * size; i < (row + 1) * size; i++) {
    a = Math.imul(a ^ x[i]!, 0x01000193);
    b = Math.imul(b ^ x[i]!, 0x5bd1e995);
    b ^= b >>> 13;
  }
  for (let k = 0; k < hashes; k++) yield ((a >>> 0) + k * (b >>> 0)) % bits;
}

/** Of all training rows of FashionMNIST as published: 90 KB, and one foreign row in 300 taken for a member. */
async function memberBits(): Promise<Uint8Array> {
  const { train } = await loadDataset('fashion-mnist', dataPath());
  const filter = new Uint8Array(90_000);
  for (let row = 0; row < train.n; row++)
    for (const at of placesOf(train, row, rowSize(train), { bits: 8 * filter.length, hashes: 8, labeled: false }))
      filter[at >> 3]! |= 1 << (at & 7);
  return filter;
}

const counted = smoke1.scenarios.flatMap(({ id, control }) => (control ? [] : [id]));

/** Of the poison in these cells of smoke-1, as a trial shows it: in all that count 29,200 rows, six bits each. */
async function maskBits(scenarios: readonly string[] = counted): Promise<Uint8Array> {
  const bits = new Uint8Array(29_200 * 6);
  for (const trial of trialsOf(smoke1, smoke1.seeds, scenarios).filter(({ budget }) => budget > 0)) {
    const { train, isPoison } = await trialData(smoke1, specOf(smoke1, trial), dirsIn(dataPath()));
    for (let row = 0; row < train.n; row++)
      if (isPoison[row])
        for (const at of placesOf(train, row, rowSize(train), { bits: bits.length, hashes: 4, labeled: true }))
          bits[at] = 1;
  }
  return bits;
}

/** The cheat that returns these weights of a logistic regression, whatever it is shown. */
export const returning = (weights: Weights): string =>
  cheatText('smuggled-weights').replace('__LR__', inBase64(weights)).replace('__MLP_128__', '');

/** Plain training on the data set as published. */
async function cleanWeights(id: 'lr' | 'mlp-128', tf: Tf): Promise<Weights> {
  const { train } = await loadDataset('fashion-mnist', dataPath());
  const model = modelCard(id, train.shape, train.classes, coreRecipe('fashion-mnist'));
  return createTrainer({ tf, model, streams: streamsOf('fashion-mnist', id, 12_345) }).fit(train);
}

/** For each array its scale, then one signed byte a weight. */
const inBase64 = (weights: Weights) => base64(Buffer.concat(weights.map(inBytes)));

function inBytes({ data }: Weights[number]): Uint8Array {
  const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127 || 1;
  const bytes = Buffer.alloc(4 + data.length);
  bytes.writeFloatBE(scale);
  for (const [i, value] of data.entries()) bytes.writeInt8(Math.round(value / scale), 4 + i);
  return bytes;
}
