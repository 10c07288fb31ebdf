import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { UsageError } from '../errors.ts';
import { projectDir } from '../host/dist.ts';
import { runProgram } from '../host/program.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell } from '../terminal/tell.ts';

const folder = join(projectDir, 'tests/bench');

/**
 * Runs a benchmark of tests/bench by its name, with a Python to compare with as its argument. It is bundled first, into
 * the project, so that it finds the packages.
 */
export async function bench(name: string, python: string): Promise<number> {
  const known = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [basename(file, '.ts')] : []));
  if (!known.includes(name)) throw new UsageError(`There is no benchmark '${name}'; known: ${known.join(', ')}.`);
  const work = await mkdtemp(join(projectDir, 'node_modules/.antidote-bench-'));
  try {
    const outfile = join(work, `${name}.mjs`);
    await build({
      absWorkingDir: projectDir,
      entryPoints: [join(folder, `${name}.ts`)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      alias: { 'server-only': join(projectDir, 'tests/support/server-only.ts') },
      logLevel: 'error',
    });
    await runProgram([outfile, python], { cwd: projectDir, env: {}, signal: interrupted }, tell);
    return 0;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
