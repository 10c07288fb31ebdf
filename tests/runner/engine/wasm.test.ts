import { expect, test } from 'vitest';
import { Engine } from '../../../lib/benchmark/result.ts';
import { openEngine } from '../../../runner/tf.ts';

test('wasm opens once in a process, on one thread, says what it is, and is not exchanged', async () => {
  const { tf, engine } = await openEngine('wasm');
  expect(Engine.parse(engine)).toMatchObject({ backend: 'wasm', threads: 1, gpu: null });
  expect(tf.getBackend()).toBe('wasm');
  expect((await openEngine('wasm')).tf).toBe(tf);
  await expect(openEngine('tensorflow')).rejects.toThrow(/already runs on wasm/);
});
