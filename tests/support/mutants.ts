import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { childEnvironment } from '../../runner/host/env.ts';
import type { Fault } from '../mutants/faults/fault.ts';

const left = new Set(['node_modules', '.git', '.next', '.data', 'tests/.out']);

/** What is read of the test runner's report. A file that could not be loaded has failed without a test. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** The file with the fault in it. Throws where its text does not occur exactly once. */
export function planted({ id, file, from, to }: Fault, text: string): string {
  const [before, after, ...more] = text.split(from);
  if (after === undefined || more.length > 0)
    throw new Error(`${id}: '${from}' should occur once in ${file}, and occurs ${text.split(from).length - 1} times.`);
  return before + to + after;
}

/**
 * A copy of the tree to plant faults in: never the working tree itself. dist/ is copied too, with the times of its
 * files and of the sources: tests build it anew where a fault is newer, and would build into the working tree by a
 * link.
 */
export function scratchTree() {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-mutants-'));
  cpSync('.', folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !left.has(path.replace(/^\.\//, '')),
  });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const reportFile = join(folder, 'report.json');
  return {
    folder,
    /**
     * The tests of these files that fail, up to the first failure of each worker; a file that could not be loaded
     * counts as one. Throws where they did not end within ten minutes, or before any test began.
     */
    failing(tests: readonly string[]): string[] {
      rmSync(reportFile, { force: true });
      const args = ['run', '--bail=1', '--reporter=json', `--outputFile=${reportFile}`, ...tests];
      const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
        cwd: folder,
        env: childEnvironment({}, { secrets: false }),
        stdio: 'ignore',
        timeout: 600_000,
      });
      if (status === null) throw new Error(`${tests.join(' ')} did not end within ten minutes.`);
      if (!existsSync(reportFile)) throw new Error(`${tests.join(' ')} did not begin.`);
      const { testResults } = Report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
      const failed = testResults.flatMap(({ name, status: outcome, assertionResults }) => {
        const names = assertionResults.flatMap((one) => (one.status === 'failed' ? [one.fullName] : []));
        return outcome === 'failed' && names.length === 0 ? [`${name} as a whole`] : names;
      });
      if (status !== 0 && failed.length === 0) throw new Error(`${tests.join(' ')} failed, and no test of them.`);
      return failed;
    },
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
