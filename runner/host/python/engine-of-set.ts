import { readdirSync } from 'node:fs';
import type { Engine } from '../../../lib/contract/result.ts';
import type { PythonSet } from '../../../lib/contract/runtime.ts';
import { packagesFolder } from './set-folder.ts';

/**
 * What a module in Python trains with, as results name it: PyTorch, on this processor. A set without PyTorch names its
 * own package. `usual`: what predicts for it here.
 */
export function engineOfSet(set: PythonSet, { cpu }: Pick<Engine, 'cpu'>): Engine {
  const version = versionOf(set);
  return { backend: 'torch', version: set === 'torch' ? version : `${set} ${version}`, threads: 1, cpu, gpu: null };
}

/** Of the package that the set is called after, as installed; without what says where it was built. */
function versionOf(set: PythonSet): string {
  const name = new RegExp(`^${set}-([0-9.]+)(\\+.*)?\\.dist-info$`);
  return (
    readdirSync(packagesFolder(set))
      .map((entry) => name.exec(entry)?.[1])
      .find(Boolean) ?? 'unknown'
  );
}
