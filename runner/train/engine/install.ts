import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HarnessFault } from '../../errors.ts';
import { env } from '../../host/env.ts';
import { hexSha256 } from '../../host/sha256.ts';
import { tryNative } from '../tf.ts';
import { bundleAddon } from './bundle.ts';
import { command } from './command.ts';
import { keptMembers, libraries, recipe, wheels } from './recipe.ts';

const minute = 60_000;
const making = 'engine.making-';
const platform = `${process.platform}-${process.arch}`;
const stamp = JSON.stringify({ ...recipe, wheel: wheels[platform]?.sha256 });

/**
 * Makes the native engine in `$XDG_CACHE_HOME/antidote/engine`: the C library out of TensorFlow's own Python wheel,
 * checked by sha256, and the TensorFlow.js addon compiled against it. Idempotent; the folder appears whole or not at
 * all, and only after it has multiplied matrices. Throws HarnessFault with the command that mends it.
 */
export async function installNativeEngine(report: (line: string) => void): Promise<string> {
  const cache = join(env().XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'antidote');
  const folder = join(cache, 'engine');
  if (
    existsSync(join(folder, 'engine.json')) &&
    readFileSync(join(folder, 'engine.json'), 'utf8') === stamp &&
    (await tryNative(folder)) === null
  ) {
    report(`The native engine is there: TensorFlow ${recipe.library.split('==')[1]} in ${folder}`);
    return folder;
  }
  const wheel = wheels[platform];
  if (!wheel)
    throw new HarnessFault(`There is no recipe for the native engine on ${platform}; the wasm engine serves.`);
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const work = await mkdtemp(join(cache, making)); // on the same file system, so that it can be renamed into place
  try {
    await timed(report, `TensorFlow's library, 270 MB, out of its Python wheel`, () => fetchLibrary(work, wheel));
    await timed(report, `the addon ${recipe.addon}`, () => fetchAddon(work));
    await timed(report, 'compiling the addon', () => compile(work));
    const made = await assemble(work);
    const problem = await tryNative(made);
    if (problem) throw new HarnessFault(`Built, but ${problem}.`);
    await rm(folder, { recursive: true, force: true });
    await rename(made, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  report(`The native engine is ready in ${folder}`);
  return folder;
}

/** What an installation that was killed left behind: gigabytes. One that may still run is younger than an hour. */
async function removeAbandoned(cache: string) {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (name.startsWith(making) && Date.now() - (await stat(path)).mtimeMs > 60 * minute)
      await rm(path, { recursive: true, force: true });
  }
}

async function timed(report: (line: string) => void, what: string, work: () => Promise<void>) {
  report(`${what} …`);
  const begin = performance.now();
  await work();
  report(`${what}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

async function fetchLibrary(work: string, { python, tags, sha256 }: (typeof wheels)[string]) {
  const wanted = [
    '--no-deps',
    '--only-binary=:all:',
    '--implementation',
    'cp',
    '--python-version',
    python,
    ...tags.flatMap((tag) => ['--platform', tag]),
  ];
  await command(
    'python3',
    ['-m', 'pip', 'download', '--quiet', ...wanted, '-d', work, recipe.library],
    work,
    30 * minute,
  );
  const name = (await readdir(work)).find((file) => file.endsWith('.whl'));
  if (!name) throw new HarnessFault(`pip downloaded no wheel of ${recipe.library}.`);
  const got = hexSha256(readFileSync(join(work, name)));
  if (got !== sha256) throw new HarnessFault(`${name} has sha256 ${got}, not ${sha256}: refused.`);
  const unpack = `import re, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall('.', [name for name in wheel.namelist() if re.match(sys.argv[2], name)])`;
  await command('python3', ['-c', unpack, name, keptMembers], work, 5 * minute);
  await rm(join(work, name));
}

async function fetchAddon(work: string) {
  const flags = [
    '--ignore-scripts',
    '--omit=optional',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--loglevel=error',
  ];
  await command('npm', ['install', '--prefix', work, ...flags, recipe.addon, recipe.headers], work, 10 * minute);
}

async function compile(work: string) {
  const binding = 'node_modules/@tensorflow/tfjs-node/binding';
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => `${binding}/${file}`);
  const include = ['-Inode_modules/node-api-headers/include', '-Itensorflow/include'];
  const link = ['-Ltensorflow', ...libraries.map((library) => `-l:${library}`), '-Wl,-rpath,$ORIGIN'];
  const options = ['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'];
  await command('g++', [...options, ...include, ...sources, '-o', 'tfjs_binding.node', ...link], work, 10 * minute);
}

/** The four files that are needed to run, in a folder of their own. */
async function assemble(work: string): Promise<string> {
  const made = join(work, 'engine');
  await mkdir(made);
  await bundleAddon(work, join(made, 'engine.cjs'));
  await copyFile(join(work, 'tfjs_binding.node'), join(made, 'tfjs_binding.node'));
  for (const library of libraries) await rename(join(work, 'tensorflow', library), join(made, library));
  await writeFile(join(made, 'engine.json'), stamp);
  return made;
}
