import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDataset } from '../datasets/index.ts';
import { installMissing } from '../doctor/install.ts';
import { parts } from '../doctor/parts.ts';
import { projectDir } from '../host/dist.ts';
import { dataPath } from '../host/places.ts';
import { vitest } from './vitest.ts';

const outFolder = join(projectDir, 'tests/.out');

/**
 * `npm test`: installs or names what the machine lacks, runs the tests, and ends with what was skipped and why, and
 * with 'tests: N passed, N failed'. 1 where one failed. Filters choose test files by a part of their path.
 */
export async function test(filters: readonly string[]): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  await rm(outFolder, { recursive: true, force: true });
  await mkdir(outFolder, { recursive: true });
  await installMissing(say, ['bubblewrap', 'chromium', 'postgresql', 'numpy']);
  await ensureDataset('fashion-mnist', dataPath(), say).catch((error: Error) => say(error.message));
  for (const part of parts) say(`${part.problem() === null ? 'has  ' : 'lacks'} ${part.title}`);

  const { code, report } = await vitest(filters, join(outFolder, 'report.json'));
  const missing = existsSync(join(outFolder, 'missing.txt'))
    ? readFileSync(join(outFolder, 'missing.txt'), 'utf8').trim().split('\n')
    : [];
  for (const line of new Set(missing)) process.stdout.write(`skipped: ${line}\n`);
  if (!report) {
    process.stdout.write('tests: 0 passed, 1 failed\n');
    return 1;
  }
  const { numPassedTests, numFailedTests, testResults } = report;
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const failed = Math.max(numFailedTests + unloaded, code === 0 ? 0 : 1);
  process.stdout.write(`tests: ${numPassedTests} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
