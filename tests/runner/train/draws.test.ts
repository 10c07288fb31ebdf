import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../../runner/train/tf.ts';
import fixture from '../../fixtures/draws.json' with { type: 'json' };
import { drawsOf } from '../../support/draws.ts';

test('a stream gives batches, initial weights and rates that the engine torch draws too', async () => {
  const { tf } = await openEngine('wasm', { wasm: resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out') });
  expect(drawsOf(tf)).toEqual(fixture);
});
