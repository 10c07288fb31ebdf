import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { distPath } from '../../host/dist.ts';
import { engineArguments, nativeEngineDir, wasmDir } from '../../train/tf.ts';
import { sharedLibraries } from '../shared-libraries.ts';
import type { Guest } from './guest.ts';
import { nodeCalls } from './node-calls.ts';

/** What the guest is made of, on this machine. */
export type NodeFiles = {
  /** The program: dist/guest.mjs, or what a test puts in its place. */
  readonly program: string;
  /** Folder of tfjs-backend-wasm-simd.wasm. */
  readonly wasm: string;
  /** Folder of the native engine; need not exist. */
  readonly native: string;
};

/** Node.js with TensorFlow.js, for modules in JavaScript. */
export function nodeGuest(files: Partial<NodeFiles> = {}): Guest {
  const { program = distPath('guest.mjs'), wasm = wasmDir(), native = nativeEngineDir() } = files;
  /** The native engine keeps its name: Node looks for packages in folders called node_modules. */
  const engines = {
    wasm: [wasm, '/engine/wasm'],
    tensorflow: [native, `/engine/${basename(native)}`],
  } as const;
  return {
    command: ({ backend, memoryBytes }, at) => [
      at('/bin/node'),
      ...nodeArguments(memoryBytes),
      at('/guest.mjs'),
      at('/job'),
      at('/out'),
      backend,
      at(engines[backend][1]),
    ],
    mounts: (backend) => [
      ...sharedLibraries(alsoNeeded).map((path) => [path, path] as const),
      [realpathSync(process.execPath), '/bin/node'],
      [program, '/guest.mjs'],
      engines[backend],
    ],
    environment: { HOME: '/tmp', LANG: 'C.UTF-8', TZ: 'UTC', NODE_ENV: 'production' },
    calls: nodeCalls,
  };
}

/** The module's own imports need vm modules, and the heap's end must come before the jail's. */
export const nodeArguments = (memoryBytes: number): readonly string[] => [
  ...engineArguments,
  '--no-warnings',
  '--experimental-vm-modules',
  `--max-old-space-size=${Math.floor((0.75 * memoryBytes) / 2 ** 20)}`,
];

/** TensorFlow's C library, and packages of Python, ask for these beside what Node itself has loaded. */
export const alsoNeeded = [
  'librt.so.1',
  'libpthread.so.0',
  'libdl.so.2',
  'libm.so.6',
  'libgcc_s.so.1',
  'libstdc++.so.6',
  'libresolv.so.2',
];
