import { describe, expect, test } from 'vitest';
import { Backend } from '../../../lib/contract/ids.ts';
import { engineOf, predictorOf, Runtime } from '../../../lib/contract/runtime.ts';

describe('the engine that a result names', () => {
  test.each(Runtime.options)('is the usual one for every filter and control, also of %s', (runtime) => {
    expect(engineOf(runtime, 'filter', 'tensorflow')).toBe('tensorflow');
    expect(engineOf(runtime, 'control', 'wasm')).toBe('wasm');
  });

  test.each(Runtime.options)('is PyTorch for what %s trains, but for JavaScript', (runtime) => {
    const wanted = runtime === 'javascript' ? 'tensorflow' : 'torch';
    expect(engineOf(runtime, 'shape', 'tensorflow')).toBe(wanted);
    expect(engineOf(runtime, 'train', 'tensorflow')).toBe(wanted);
  });

  test('predicts itself, but for PyTorch, whose models wasm predicts with: the same bits everywhere', () => {
    expect(Backend.options.map(predictorOf)).toEqual(['tensorflow', 'wasm', 'wasm']);
  });
});
