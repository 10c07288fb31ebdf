import { DefenseKind } from './ids.ts';
import { PythonSet, pythonRuntime, type Runtime } from './runtime.ts';

/** Reads kind and set of packages off a module in Python without running it; or why it is no defense, in a sentence. */
export function readPython(code: string): { kind: DefenseKind; runtime: Runtime } | string {
  const defined = [...code.matchAll(/^(?:async +)?def +(\w+) *\(/gm)].map(([, name]) => name);
  const kinds = DefenseKind.options.filter((kind) => defined.includes(kind));
  const [kind] = kinds;
  if (!kind || kinds.length > 1)
    return `The module has ${kinds.length === 0 ? 'none of the functions' : kinds.join(' and ')}; exactly one of ${DefenseKind.options.join(', ')} is wanted.`;
  const imported = [...code.matchAll(/^\s*(?:import|from) +(\w+)/gm)].map(([, name]) => name);
  const set = PythonSet.options.find((one) => imported.includes(one) && one !== 'numpy');
  return { kind, runtime: pythonRuntime(set ?? (kind === 'shape' || imported.includes('opacus') ? 'torch' : 'numpy')) };
}
