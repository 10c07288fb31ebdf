import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { projectDir } from '../../../runner/host/dist.ts';

const at = (path: string) => join(projectDir, path);

/** What a false runner has in the place of the real thing; all else of it is the real runner. */
const replaced: Readonly<Record<string, string>> = {
  [at('runner/trial/trials.ts')]: at('tests/support/kill/false-trials.ts'),
  [at('runner/worker/offered-labels.ts')]: at('tests/support/kill/false-parts.ts'),
  [at('runner/jail/index.ts')]: at('tests/support/kill/false-parts.ts'),
  [at('runner/craft/prepare-suite.ts')]: at('tests/support/kill/false-parts.ts'),
};

const inItsPlace: Plugin = {
  name: 'in-its-place',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const other = replaced[join(resolveDir, path)];
      return other ? { path: other } : null;
    });
  },
};

/** The program of a runner that trains nothing. */
export async function bundleFalseRunner(): Promise<string> {
  const outfile = at('tests/.out/false-runner.mjs');
  await build({
    absWorkingDir: projectDir,
    entryPoints: [at('tests/support/kill/false-runner.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    plugins: [inItsPlace],
  });
  return outfile;
}
