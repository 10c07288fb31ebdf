import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { prepareSuite } from '../craft/prepare-suite.ts';
import { installMissing } from '../doctor/install.ts';
import { parts } from '../doctor/parts.ts';
import { UsageError } from '../errors.ts';
import { projectDir } from '../host/dist.ts';
import { env } from '../host/env.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { runCommand } from './command.ts';
import { type Lane, lanes } from './lanes.ts';
import { filesNotBegun, type Report, vitest } from './vitest.ts';

const outFolder = join(projectDir, 'tests/.out');
const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * `npm test`: installs or names what the machine lacks, runs a lane, and ends with what was skipped and why, and with
 * 'tests: N passed, N failed'. 1 where something failed. Filters choose test files by a part of their path, and leave
 * out the lane's other commands; with CI=true a skipped test is a failed one.
 */
export async function test(filters: readonly string[], { lane: id }: { lane?: string }): Promise<number> {
  const lane = laneNamed(id ?? 'full');
  await rm(outFolder, { recursive: true, force: true });
  await mkdir(outFolder, { recursive: true });
  await prepare();
  if (filters.length === 0)
    for (const command of lane.commands)
      if (!(await succeeds(command))) {
        process.stdout.write('tests: 0 passed, 1 failed\n');
        return 1;
      }
  const groups = filters.length > 0 && id === undefined ? [] : lane.groups;
  const { code, report } = await vitest(filters, join(outFolder, 'report.json'), { groups });
  return summary(code, report);
}

function laneNamed(id: string): Lane {
  const lane = lanes.find((known) => known.id === id);
  if (!lane) throw new UsageError(`There is no lane '${id}'; known: ${lanes.map((known) => known.id).join(', ')}.`);
  return lane;
}

async function prepare(): Promise<void> {
  const { CI } = env();
  await installMissing(
    say,
    CI === 'true' ? undefined : ['bubblewrap', 'chromium', 'postgresql', 'numpy', 'python-numpy'],
  );
  await prepareSuite(smoke1, () => {}, interrupted).catch((error: Error) => say(`${smoke1.id}: ${error.message}`));
  for (const part of parts) say(`${part.problem() === null ? 'has  ' : 'lacks'} ${part.title}`);
}

async function succeeds([program, ...args]: Lane['commands'][number]): Promise<boolean> {
  const title = [program, ...args].join(' ');
  const begin = performance.now();
  say(`--- ${title}`);
  const code = await runCommand([join(projectDir, 'node_modules/.bin', program), ...args]);
  say(`--- ${title}: ${((performance.now() - begin) / 1000).toFixed(0)} s${code === 0 ? '' : `, failed with ${code}`}`);
  return code === 0;
}

function summary(code: number, report: Report | null): number {
  const missing = existsSync(join(outFolder, 'missing.txt'))
    ? readFileSync(join(outFolder, 'missing.txt'), 'utf8').trim().split('\n')
    : [];
  for (const line of new Set(missing)) process.stdout.write(`skipped: ${line}\n`);
  if (!report) {
    process.stdout.write('tests: 0 passed, 1 failed\n');
    return 1;
  }
  const { numTotalTests, numPassedTests, numFailedTests } = report;
  const skipped = env().CI === 'true' ? numTotalTests - numPassedTests - numFailedTests : 0;
  if (skipped > 0) process.stdout.write(`${skipped} tests were skipped, and with CI=true that is a failure\n`);
  const failed = Math.max(numFailedTests + filesNotBegun(report) + skipped, code === 0 ? 0 : 1);
  process.stdout.write(`tests: ${numPassedTests} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
