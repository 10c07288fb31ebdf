import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../../runner/train/tf.ts';
import fixture from '../../fixtures/twins.json' with { type: 'json' };
import { closeTo } from '../../support/close-to.ts';
import { twinsOf } from '../../support/twins.ts';

test('the logits of first and trained weights are those that the engine torch is held to', async () => {
  const { tf } = await openEngine('wasm', { wasm: resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out') });
  expect(await twinsOf(tf)).toEqual(closeTo(fixture, 2e-5));
});

test('the logits of first weights on wasm are, to the bit, those that the package predicts with NumPy', async () => {
  const { tf } = await openEngine('wasm', { wasm: resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out') });
  const { models } = await twinsOf(tf);
  for (const [id, { first }] of Object.entries(fixture.models)) expect(models[id]!.first).toEqual(first);
});
