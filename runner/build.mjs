// Bundles what runs outside the site into dist/: the command line, the jail's guest, one module per baseline. `npm ci`
// runs it; it takes half a second. Only files whose content changed are written, each at once: programs that run from
// dist/ are not disturbed by a build that changes nothing.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';
import { harnessDigest, runtimeDigests } from './harness-digest.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
  legalComments: 'none',
  write: false,
};
// Bundled CommonJS packages still ask for `require` and `__dirname`.
const banner = {
  js: "import { createRequire as antidoteRequire } from 'node:module'; const require = antidoteRequire(import.meta.url); const __dirname = new URL('.', import.meta.url).pathname;",
};
const external = ['@tensorflow/tfjs-node', 'esbuild'];
const outExtension = { '.js': '.mjs' };

/** Content by path in dist/. */
const files = new Map();
const bundle = async (options) => {
  const { outputFiles } = await build({ ...common, ...options });
  for (const { path, contents } of outputFiles) files.set(relative(dist, path), contents);
};

// The command line loads what a command needs and no more; the guest is one file, for its jail.
await bundle({
  banner,
  external,
  outdir: dist,
  outExtension,
  entryPoints: { antidote: 'runner/cli.ts' },
  splitting: true,
  chunkNames: '[name]-[hash]',
});
await bundle({ outdir: dist, outExtension, entryPoints: { 'end-with-parent': 'runner/host/end-with-parent.ts' } });
// The site's server: Next itself is taken as it is installed.
await bundle({ external: ['next'], entryPoints: ['app/server/server.ts'], outfile: join(dist, 'site.mjs') });
await bundle({ entryPoints: ['lib/module-check/worker.ts'], outfile: join(dist, 'check-worker.mjs') });
const inject = ['runner/jail/guest/process.ts'];
await bundle({ banner, external, inject, entryPoints: ['runner/jail/guest.ts'], outfile: join(dist, 'guest.mjs') });

// A baseline is a module as a stranger would upload it: readable, importing nothing.
const modules = join(root, 'runner/defenses/modules');
for (const file of existsSync(modules) ? readdirSync(modules).filter((name) => name.endsWith('.ts')) : [])
  await bundle({
    platform: 'neutral',
    entryPoints: [join(modules, file)],
    outfile: join(dist, 'baselines', `${basename(file, '.ts')}.mjs`),
  });

// The guest in Python is shown as it is, but for what runs at home, which no result depends on.
const python = join(root, 'runner/python');
const atHome = /^antidote_host\/(__main__\.py|at_home\/)/;
for (const path of [
  '__main__.py',
  ...readdirSync(join(python, 'antidote_host'), { recursive: true }).map((name) => join('antidote_host', String(name))),
])
  if (path.endsWith('.py') && !atHome.test(path)) files.set(join('python', path), readFileSync(join(python, path)));

const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
files.set('wasm/tfjs-backend-wasm-simd.wasm', readFileSync(join(wasm, 'wasm-out/tfjs-backend-wasm-simd.wasm')));

const { digest } = await harnessDigest(root, files);
const locks = Object.fromEntries(
  readdirSync(join(python, 'sets'))
    .filter((name) => name.endsWith('.lock'))
    .map((name) => [basename(name, '.lock'), readFileSync(join(python, 'sets', name))]),
);
const runtimes = runtimeDigests(digest, files, locks);
files.set('harness.json', Buffer.from(`${JSON.stringify({ version, digest, runtimes })}\n`));
await stop(); // its helper process would stay as long as the command that called for this build

for (const [path, content] of files) {
  const target = join(dist, path);
  if (existsSync(target) && readFileSync(target).equals(content)) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.${process.pid}`, content);
  renameSync(`${target}.${process.pid}`, target);
}
for (const path of readdirSync(dist, { recursive: true }).map(String))
  if (!files.has(path) && !/\.\d+$/.test(path) && statSync(join(dist, path)).isFile()) rmSync(join(dist, path));
utimesSync(join(dist, 'harness.json'), new Date(), new Date()); // the command line compares it with the sources

// npm links a package's bin for those who depend on it, not for the package itself.
const link = join(root, 'node_modules/.bin/antidote');
if (!lstatSync(link, { throwIfNoEntry: false })) {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync('../../runner/antidote.mjs', link);
}
