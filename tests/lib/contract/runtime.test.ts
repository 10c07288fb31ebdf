import { describe, expect, test } from 'vitest';
import { Backend } from '../../../lib/contract/ids.ts';
import { engineOf, labelsFor, predictorOf, Runtime, setOf, trainsItsFilters } from '../../../lib/contract/runtime.ts';

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

test('every runner takes modules in JavaScript, and a job in Python asks for its set', () => {
  expect(Runtime.options.flatMap(labelsFor)).toEqual(['python:numpy', 'python:jax', 'python:torch']);
  expect(Runtime.options.map(setOf)).toEqual([null, 'numpy', 'jax', 'torch']);
  expect(Runtime.options.filter(trainsItsFilters)).toEqual(['javascript']);
});
