// What computes a trial, as built: its process, crafting, the guest, the baselines, the engine's binary. Its sha256 is
// the harness's digest, which every result names. A result stays valid while the digest is the same.
import { createHash } from 'node:crypto';
import { build } from 'esbuild';

/** Beside these, what they import. Each is a program's entry, or a function that one calls. */
const entryPoints = ['runner/trial/trial-process.ts', 'runner/craft/craft.ts', 'runner/defenses/checked-defense.ts'];

/**
 * What computes no number of a trial. The attacks' words are for pages; of an attack's facts crafting reads the unit of
 * its budget, to refuse a wrong one. The check of a module decides what is run at all.
 */
const apart = ['@tensorflow/tfjs-node', 'esbuild', './lib/catalog/attacks/*', './lib/module-check/*'];

/**
 * The digest that rows were published under, by today's, where both compute the same in every published suite: the
 * check of modules left, runtimes became a list, a model and data sets came that no published suite has, JAX got
 * variables of its own. Goes with the next change of what computes a published trial.
 */
export const publishedAs = {
  'sha256:ccb78c47eb51daea03c85b8d5e70e9efc688172434004e1f434ebb112c94f81c':
    'sha256:9d8a11c32d03fe0058a296b5d8a3d9e8db2227ad4535bede27dd87570205a850',
};

const sha256 = (content) => createHash('sha256').update(content).digest();

/**
 * The digest that results name, the one computed, and the sources that it depends on. `built` is content by path in
 * dist/, of which the parts that run beside a trial count: the guest, the baselines and the wasm binary.
 */
export async function harnessDigest(root, built, plugins = []) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    legalComments: 'none',
    minifyWhitespace: true, // names of files are comments
    write: false,
    metafile: true,
    outdir: 'dist',
    external: apart,
    entryPoints,
    plugins,
  });
  const beside = [...built].filter(([path]) => /^(guest\.mjs|baselines\/|wasm\/)/.test(path));
  const parts = [...outputFiles.map(({ contents }, at) => [entryPoints[at], contents]), ...beside];
  const hash = createHash('sha256');
  for (const [path, content] of parts.sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0`).update(sha256(content));
  const computed = `sha256:${hash.digest('hex')}`;
  return { digest: publishedAs[computed] ?? computed, computed, sources: Object.keys(metafile.inputs) };
}

/**
 * The digest that results of each runtime name. Of Python it is that of the harness, of the guest's sources and of the
 * set's lock file. `built` is content by path in dist/, `locks` that of each lock file by its set.
 *
 * @returns {Record<string, string>}
 */
export function runtimeDigests(digest, built, locks) {
  const guest = [...built].filter(([path]) => path.startsWith('python/')).sort(([a], [b]) => (a < b ? -1 : 1));
  const ofSet = (lock) => {
    const hash = createHash('sha256').update(digest);
    for (const [path, content] of guest) hash.update(`${path}\0`).update(sha256(content));
    return `sha256:${hash.update('lock\0').update(sha256(lock)).digest('hex')}`;
  };
  return {
    javascript: digest,
    ...Object.fromEntries(Object.entries(locks).map(([set, lock]) => [`python:${set}`, ofSet(lock)])),
  };
}
