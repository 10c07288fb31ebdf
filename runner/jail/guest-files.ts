import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Backend } from '../../lib/contract/ids.ts';
import { distPath } from '../host/dist.ts';
import { engineArguments, nativeEngineDir, wasmDir } from '../train/tf.ts';

/** What a guest is made of, on this machine. */
export type GuestFiles = {
  /** The program that runs in the jail: dist/guest.mjs, or what a test puts in its place. */
  readonly program: string;
  /** Folder of tfjs-backend-wasm-simd.wasm. */
  readonly wasm: string;
  /** Folder of the native engine; need not exist. */
  readonly native: string;
};

export const guestFiles = (): GuestFiles => ({
  program: distPath('guest.mjs'),
  wasm: wasmDir(),
  native: nativeEngineDir(),
});

/**
 * Node's arguments for the guest; the module's own imports need vm modules, and the heap's end must come before the
 * jail's.
 */
export function guestArguments(program: string, memoryBytes: number): string[] {
  const heap = Math.floor((0.75 * memoryBytes) / 2 ** 20);
  return [...engineArguments, '--no-warnings', '--experimental-vm-modules', `--max-old-space-size=${heap}`, program];
}

/** All that a guest finds in its environment. */
export const guestEnvironment = { HOME: '/tmp', LANG: 'C.UTF-8', TZ: 'UTC', NODE_ENV: 'production' as const };

/**
 * The engine's folder, outside and inside. The native one keeps its name: Node looks for packages in folders called
 * node_modules.
 */
export const shownEngine = (files: GuestFiles, backend: Backend): readonly [string, string] =>
  backend === 'tensorflow' ? [files.native, `/engine/${basename(files.native)}`] : [files.wasm, '/engine/wasm'];

/** TensorFlow's C library asks for these beside what Node itself has loaded. */
const alsoNeeded = [
  'librt.so.1',
  'libpthread.so.0',
  'libdl.so.2',
  'libm.so.6',
  'libgcc_s.so.1',
  'libstdc++.so.6',
  'libresolv.so.2',
];
let libraries: string[] | undefined;

/**
 * The shared libraries of this very Node, by the paths under which the loader asks for them. Nothing else of the system
 * is shown.
 */
export function sharedLibraries(): string[] {
  libraries ??= findLibraries();
  return libraries;
}

function findLibraries(): string[] {
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  report.excludeNetwork = true; // else it asks the resolver for names
  const { sharedObjects } = report.getReport() as unknown as { sharedObjects: string[] };
  const system = sharedObjects.filter((path) => /^(\/usr)?\/lib/.test(path) && !path.endsWith('.node'));
  const folders = new Set(system.map((path) => dirname(path)));
  const more = [...folders].flatMap((folder) => alsoNeeded.map((name) => join(folder, name)));
  return [...new Set([...system, ...more])].filter((path) => existsSync(path));
}

export const nodeBinary = () => realpathSync(process.execPath);
