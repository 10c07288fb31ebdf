import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as tensorflow from '@tensorflow/tfjs';
import type { UsualBackend } from '../../lib/contract/ids.ts';
import type { Engine } from '../../lib/contract/result.ts';
import { HarnessFault } from '../errors.ts';
import { distPath, projectDir } from '../host/dist.ts';
import { env, exportVariables } from '../host/env.ts';
import { cpuModel, gpuModel } from '../host/processor.ts';

/** The one door to TensorFlow.js. Whoever needs it is handed `tf` by who opened it here. */
export type Tf = typeof tensorflow;

/**
 * Folders: `wasm` holds tfjs-backend-wasm-simd.wasm, `native` is as `nativeEngineDir()` describes. A guest is told
 * them, else they are searched.
 */
export type EngineFiles = { readonly wasm?: string; readonly native?: string };
export type OpenEngine = { readonly tf: Tf; readonly engine: Engine };

let opened: { backend: UsualBackend; engine: Promise<OpenEngine> } | undefined;

/**
 * Opens the engine, once in a process. `auto` is the native one where it computes, else wasm; a backend asked for by
 * name is opened or refused with HarnessFault, never exchanged. ANTIDOTE_BACKEND is what `auto` means unless it says
 * `auto` itself. Both run on one thread, and each gives the same bits in every process: wasm on every machine, the
 * native one on machines with the same vector instructions.
 */
export async function openEngine(asked: 'auto' | UsualBackend, files: EngineFiles = {}): Promise<OpenEngine> {
  const wanted = asked === 'auto' ? env().ANTIDOTE_BACKEND : asked;
  const backend = wanted === 'auto' ? ((await availableBackends())[0] ?? 'wasm') : wanted;
  opened ??= {
    backend,
    engine: backend === 'wasm' ? openWasm(files.wasm ?? wasmDir()) : openNative(files.native ?? nativeEngineDir()),
  };
  if (opened.backend !== backend)
    throw new RangeError(`openEngine: this process already runs on ${opened.backend}, and ${backend} was asked for`);
  return opened.engine;
}

/**
 * The backends that work here, the faster first. The native one is tried in a process of its own: a broken library may
 * end it.
 */
export async function availableBackends(): Promise<UsualBackend[]> {
  return (await nativeProblem()) === null ? ['tensorflow', 'wasm'] : ['wasm'];
}

let problem: Promise<string | null> | undefined;

/** Why the native engine can't be used here, in words, or null. */
export function nativeProblem(): Promise<string | null> {
  problem ??= tryNative(nativeEngineDir());
  return problem;
}

/** Whether the engine in that folder multiplies matrices. */
export async function tryNative(folder: string): Promise<string | null> {
  const entry = nativeEntry(folder);
  if (!entry) return 'the native engine is not installed; `npm run engine:native` installs it';
  const script = `require('util').isNullOrUndefined ??= (v) => v == null; const tf = require(${JSON.stringify(entry)});
    process.exit(tf.getBackend() === 'tensorflow' && tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync()[0] === 3 ? 0 : 1)`;
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { NODE_ENV: 'production', ...nativeVariables },
    timeout: 60_000,
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-4000);
  });
  const code = await new Promise((resolve) => child.on('error', resolve).on('close', resolve));
  const reason = said.split('\n').find((line) => /error/i.test(line)) ?? said.trim();
  return code === 0 ? null : `the native engine in ${folder} does not compute (${reason || `exit ${code}`})`;
}

/**
 * The folder that holds the native engine; a jail must show all of it and nothing else of the engine. It is what `npm
 * run engine:native` made (engine.cjs, the addon and TensorFlow's two libraries). Where the installer of
 * @tensorflow/tfjs-node succeeded, it is the project's node_modules. It need not exist.
 */
export function nativeEngineDir(): string {
  const own = join(env().XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'antidote', 'engine');
  const modules = join(projectDir, 'node_modules');
  return !nativeEntry(own) && nativeEntry(modules) ? modules : own;
}

function nativeEntry(folder: string): string | null {
  const bundled = join(folder, 'engine.cjs');
  if (existsSync(bundled)) return bundled;
  const installed = join(folder, '@tensorflow/tfjs-node');
  return existsSync(join(installed, 'lib/napi-v8/tfjs_binding.node')) ? join(installed, 'dist/index.js') : null;
}

/**
 * One thread, so that sums have one order; oneDNN off: at these sizes no faster, and its kernels differ between
 * processors. Silent.
 */
const nativeVariables = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '3',
};

/**
 * Node's arguments for a process with an engine. Garbage is collected in the thread that makes it. A step leaves large
 * arrays and few objects. Helper threads marked the same small heap again and again, which took a tenth to a quarter of
 * the processor's time.
 */
export const engineArguments: readonly string[] = ['--single-threaded-gc'];

async function openNative(folder: string): Promise<OpenEngine> {
  const entry = nativeEntry(folder);
  if (!entry)
    throw new HarnessFault(
      `The engine 'tensorflow' is not installed in ${folder}; run \`npm run engine:native\`, or set ANTIDOTE_BACKEND=wasm.`,
    );
  exportVariables(nativeVariables);
  const require = createRequire(import.meta.url);
  require('node:util').isNullOrUndefined ??= (value: unknown) => value == null; // gone since Node 23, and tfjs-node 4.22 asks for it at every op
  try {
    const tf = require(entry) as Tf;
    if (tf.getBackend() !== 'tensorflow') throw new Error(`it chose '${tf.getBackend()}'`);
    const { binding, isUsingGpuDevice } = tf.backend() as ReturnType<Tf['backend']> & {
      binding: { TF_Version: string };
      isUsingGpuDevice: boolean;
    };
    return computing(tf, {
      backend: 'tensorflow',
      version: binding.TF_Version,
      threads: 1,
      cpu: cpuModel(),
      gpu: isUsingGpuDevice ? gpuModel() : null,
    });
  } catch (error) {
    throw new HarnessFault(
      `The engine 'tensorflow' in ${folder} does not load (${(error as Error).message.split('\n')[0]}); run \`npm run engine:native\` again.`,
    );
  }
}

async function openWasm(folder: string): Promise<OpenEngine> {
  const tf = whole<Tf>(await import('@tensorflow/tfjs'), 'matMul');
  const { setWasmPaths } = whole<typeof import('@tensorflow/tfjs-backend-wasm')>(
    await import('@tensorflow/tfjs-backend-wasm'),
    'setWasmPaths',
  );
  const simd = join(folder, wasmFile);
  if (!existsSync(simd)) throw new HarnessFault(`The engine 'wasm' lacks ${simd}; run \`npm ci\` again.`);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.env().set('WASM_HAS_SIMD_SUPPORT', true);
  setWasmPaths(
    Object.fromEntries(['', '-simd', '-threaded-simd'].map((kind) => [`tfjs-backend-wasm${kind}.wasm`, simd])),
  ); // it wants all three, and takes one
  if (!(await tf.setBackend('wasm')))
    throw new HarnessFault(`The engine 'wasm' does not start from ${simd}; run \`npm ci\` again.`);
  return computing(tf, { backend: 'wasm', version: tf.version['tfjs-core'], threads: 1, cpu: cpuModel(), gpu: null });
}

/** A CommonJS package's exports, whether a bundler or Node itself imported it. */
function whole<T>(namespace: unknown, name: string): T {
  const { default: exported } = namespace as { default?: Record<string, unknown> };
  return (exported && name in exported ? exported : namespace) as T;
}

function computing(tf: Tf, engine: Engine): OpenEngine {
  const product = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync());
  if (product.some((value) => value !== 3))
    throw new HarnessFault(`The engine '${engine.backend}' gives ${product} for a product of ones.`);
  return { tf, engine };
}

const wasmFile = 'tfjs-backend-wasm-simd.wasm';

/** Beside the built programs, else in node_modules. */
export const wasmDir = () =>
  [distPath('wasm'), join(projectDir, 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out')].find((dir) =>
    existsSync(join(dir, wasmFile)),
  ) ?? distPath('wasm');
