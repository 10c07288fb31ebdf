import { beforeAll, expect, test } from 'vitest';
import type { Weights } from '../../../lib/contract/defense.ts';
import abl from '../../../runner/defenses/modules/abl.ts';
import { rootOf, streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openEngine('wasm'));
});

const n = 1000;
const model = toyModel([16], { steps: 200, batchSize: 32 });
const host = () => createTrainer({ tf, model, streams: streamsOf('toy', 'toy', 0) });
/** The last two pixels carry nothing but the trigger, which says label 0. */
const trigger = (x: Uint8Array, row: number) => x.fill(255, row * 30 + 28, row * 30 + 30);

function shareCalled(weights: Weights, x: Uint8Array, wanted: Int32Array): number {
  const logits = host().logits(weights, { ...toyRows(wanted.length, 'held out'), x });
  const right = wanted.filter((label, row) => {
    const own = logits.subarray(4 * row, 4 * row + 4);
    return own.indexOf(own.reduce((most, logit) => Math.max(most, logit))) === label;
  });
  return right.length / wanted.length;
}

test('a planted trigger that plain training learns is unlearned, and clean rows keep their class', async () => {
  const train = toyRows(n);
  for (const row of rootOf('planted').sample(n, 50)) {
    trigger(train.x, row);
    train.y[row] = 0;
  }
  const test = toyRows(200, 'held out');
  const attacked = test.x.slice();
  for (let row = 0; row < test.n; row++) trigger(attacked, row);
  const plain = await host().fit(train);
  const own = (await abl.train({ train, model, init: null }, host())) as Weights;
  expect(shareCalled(plain, attacked, test.y)).toBeLessThan(0.6);
  expect(shareCalled(own, attacked, test.y)).toBeGreaterThan(0.85);
  expect(shareCalled(own, test.x, test.y)).toBeGreaterThan(0.95);
});
