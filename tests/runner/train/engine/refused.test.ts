import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HarnessFault } from '../../../../runner/errors.ts';
import { availableBackends, nativeProblem, openEngine, tryNative } from '../../../../runner/train/tf.ts';

describe('the engine', () => {
  test('asked for by name where it is not there is refused, with what to do, and nothing else is opened', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'antidote-engine-'));
    await expect(openEngine('tensorflow', { native: empty })).rejects.toThrow(/engine:native/);
    await expect(openEngine('wasm')).rejects.toThrow(RangeError);
    expect(await tryNative(empty)).toMatch(/not installed/);
  });

  test('wasm is always among the available ones, the native one where it computes', async () => {
    const backends = await availableBackends();
    expect(backends.at(-1)).toBe('wasm');
    expect(backends.includes('tensorflow')).toBe((await nativeProblem()) === null);
  });

  test('a fault of the installation is ours, not a defense’s', async () => {
    await expect(openEngine('tensorflow', { native: '/nowhere' })).rejects.toBeInstanceOf(HarnessFault);
  });
});
