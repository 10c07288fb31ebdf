import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { distPath, projectDir } from '../../runner/host/dist.ts';

/** Makes sure that dist/ is what the sources say, for tests that start programs from there. */
export function built(): void {
  const at = statSync(distPath('harness.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['runner', 'lib', 'app/server'].flatMap((folder) =>
    readdirSync(join(projectDir, folder), { recursive: true }).map((path) => join(folder, `${path}`)),
  );
  const changed = sources.some(
    (path) => /\.(ts|mjs|json)$/.test(path) && statSync(join(projectDir, path)).mtimeMs > at,
  );
  if (changed) execFileSync(process.execPath, ['runner/build.mjs'], { cwd: projectDir });
}
