// Bundles what runs outside the site into dist/: the command line, the jail's guest, and one module per baseline. 200 ms; `npm ci` runs it.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const common = { absWorkingDir: root, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error', legalComments: 'none' };
// Bundled CommonJS packages still ask for `require` and `__dirname`.
const banner = {
  js: "import { createRequire as antidoteRequire } from 'node:module'; const require = antidoteRequire(import.meta.url); const __dirname = new URL('.', import.meta.url).pathname;",
};
const external = ['@tensorflow/tfjs-node', 'next', 'esbuild'];

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'wasm'), { recursive: true });
const programs = { antidote: 'runner/cli.ts', guest: 'runner/jail/guest.ts' };
for (const [name, entry] of Object.entries(programs))
  if (existsSync(join(root, entry))) await build({ ...common, banner, external, entryPoints: [join(root, entry)], outfile: join(dist, `${name}.mjs`) });

// A baseline is a module as a stranger would upload it: readable, importing nothing.
const modules = join(root, 'runner/defenses/modules');
for (const file of existsSync(modules) ? readdirSync(modules).filter((name) => name.endsWith('.ts')) : [])
  await build({ ...common, platform: 'neutral', entryPoints: [join(modules, file)], outfile: join(dist, 'baselines', `${basename(file, '.ts')}.mjs`) });

const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
copyFileSync(join(wasm, 'wasm-out/tfjs-backend-wasm-simd.wasm'), join(dist, 'wasm/tfjs-backend-wasm-simd.wasm'));

// The harness's digest: everything that can change a number, as built.
const hash = createHash('sha256');
for (const path of readdirSync(dist, { recursive: true }).map(String).sort())
  if (/\.(mjs|wasm)$/.test(path))
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(dist, path)))
        .digest(),
    );
writeFileSync(join(dist, 'harness.json'), `${JSON.stringify({ version, digest: `sha256:${hash.digest('hex')}` })}\n`);
