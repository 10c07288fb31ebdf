import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PythonSet } from '../../../lib/contract/runtime.ts';
import { HarnessFault } from '../../errors.ts';
import { distPath } from '../../host/dist.ts';
import { hasAvx2 } from '../../host/processor.ts';
import { emptyFolder, findSet, type MadeSet, packagesFolder } from '../../host/python/set-folder.ts';
import { sharedLibraries } from '../shared-libraries.ts';
import type { Guest } from './guest.ts';
import { alsoNeeded } from './node.ts';
import { pythonCalls, pythonModuleCalls } from './python-calls.ts';

/**
 * CPython with one set of packages, for modules in Python. Throws HarnessFault where that set is not made here.
 * `program` is a folder with `__main__.py`, or a file: what a test puts in the guest's place.
 */
export function pythonGuest(set: PythonSet, program = distPath('python')): Guest {
  const made = findSet(set);
  if ('problem' in made) throw new HarnessFault(`${made.problem}.`);
  return {
    command: (_, at) => [
      at('/python/bin/python3'),
      ...['-S', '-s', '-B', '-u'], // no site module, no folder of a user, no bytecode written, nothing kept back
      at('/host'),
      at('/packages'),
      at('/job'),
      at('/out'),
    ],
    mounts: () => [
      ...librariesFor(made),
      [made.executable, '/python/bin/python3'],
      [join(made.prefix, made.library), `/python/${made.library}`],
      ...(existsSync(join(made.prefix, made.library, 'site-packages'))
        ? [[emptyFolder(set), `/python/${made.library}/site-packages`] as const]
        : []),
      [packagesFolder(set), '/packages'],
      [program, '/host'],
    ],
    environment: {
      HOME: '/tmp',
      USER: 'guest',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      PYTHONHASHSEED: '0',
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1',
      NPROC: '1', // threads of JAX
      // JAX's library for sums looks for the processor in /proc/cpuinfo too; without it every sum over an axis fails.
      XLA_FLAGS: '--xla_cpu_experimental_ynn_fusion_type=',
      TORCHDYNAMO_DISABLE: '1', // torch.compile gives back what it was given
      // PyTorch reads this off /proc/cpuinfo, which is not there, and would use its slowest kernels.
      ...(hasAvx2() && { ATEN_CPU_CAPABILITY: 'avx2' }),
    },
    calls: pythonCalls,
    moduleCalls: pythonModuleCalls,
  };
}

/**
 * Those of the interpreter's own folder lie where the loader looks anyway: the folder may be in somebody's home, whose
 * name is nobody's business.
 */
function librariesFor({ shared, prefix }: MadeSet): (readonly [string, string])[] {
  const own = sharedLibraries(alsoNeeded);
  const usual = dirname(own.find((path) => basename(path).startsWith('libc.so')) ?? '/lib/libc.so.6');
  const inside = (path: string) =>
    prefix !== '/usr' && path.startsWith(`${prefix}/`) ? join(usual, basename(path)) : path;
  return [...new Set([...own, ...shared])].map((path) => [path, inside(path)]);
}
