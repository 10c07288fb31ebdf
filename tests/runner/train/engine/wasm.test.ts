import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { Engine } from '../../../../lib/contract/result.ts';
import { cpuModel } from '../../../../runner/host/processor.ts';
import { openEngine } from '../../../../runner/train/tf.ts';

test('wasm opens once in a process, on one thread, says what it is, and is not exchanged', async () => {
  const { tf, engine } = await openEngine('wasm');
  expect(Engine.parse(engine)).toMatchObject({ backend: 'wasm', threads: 1, gpu: null });
  expect(tf.getBackend()).toBe('wasm');
  expect((await openEngine('wasm')).tf).toBe(tf);
  await expect(openEngine('tensorflow')).rejects.toThrow(/already runs on wasm/);
});

test('the processor is named with the vector instructions that the last bits of the native engine depend on', () => {
  const has = (flag: string) => spawnSync('grep', ['-qw', flag, '/proc/cpuinfo']).status === 0;
  expect(/, (.*)$/.exec(cpuModel())?.[1]).toBe(has('avx512f') ? 'AVX-512' : has('avx2') ? 'AVX2' : undefined);
});
