import type { Check } from './check.ts';
import { DefenseKind } from './ids.ts';
import { PythonSet, pythonRuntime } from './runtime.ts';

/** Reads kind and set of packages off a module in Python without running it. */
export function checkPython(code: string, bytes: number): Check {
  const defined = [...code.matchAll(/^(?:async +)?def +(\w+) *\(/gm)].map(([, name]) => name);
  const kinds = DefenseKind.options.filter((kind) => defined.includes(kind));
  const [kind] = kinds;
  if (!kind || kinds.length > 1)
    return {
      ok: false,
      code: 'not-a-defense',
      message: `The module has ${kinds.length === 0 ? 'none of the functions' : kinds.join(' and ')}; exactly one of ${DefenseKind.options.join(', ')} is wanted.`,
    };
  const imported = [...code.matchAll(/^\s*(?:import|from) +(\w+)/gm)].map(([, name]) => name);
  const set = imported.some((name) => name === 'torch' || name === 'opacus')
    ? PythonSet.enum.torch
    : imported.includes('jax')
      ? PythonSet.enum.jax
      : kind === 'shape'
        ? PythonSet.enum.torch
        : PythonSet.enum.numpy;
  return { ok: true, runtime: pythonRuntime(set), kind, bytes, embedsData: false };
}
