import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { childEnvironment } from '../../runner/host/env.ts';
import type { Fault } from '../mutants/faults/fault.ts';

const linked = ['node_modules', 'dist'];
const left = new Set([...linked, '.git', '.next', '.data', 'tests/.out']);

/** The file with the fault in it. Throws where its text does not occur exactly once. */
export function planted({ id, file, from, to }: Fault, text: string): string {
  const [before, after, ...more] = text.split(from);
  if (after === undefined || more.length > 0)
    throw new Error(`${id}: '${from}' should occur once in ${file}, and occurs ${text.split(from).length - 1} times.`);
  return before + to + after;
}

/** A copy of the tree to plant faults in: never the working tree itself. */
export function scratchTree() {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-mutants-'));
  cpSync('.', folder, { recursive: true, filter: (path) => !left.has(path.replace(/^\.\//, '')) });
  for (const name of linked) symlinkSync(resolve(name), join(folder, name));
  return {
    folder,
    /** The exit code of these test files: 0 where all pass, null after ten minutes. */
    run: (tests: readonly string[]): number | null =>
      spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', ...tests], {
        cwd: folder,
        env: childEnvironment({}, { secrets: false }),
        stdio: 'ignore',
        timeout: 600_000,
      }).status,
    plant(fault: Fault): () => void {
      const path = join(folder, fault.file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, planted(fault, text));
      return () => writeFileSync(path, text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const missing = ({ tests }: Fault) => tests.filter((path) => !existsSync(path));
