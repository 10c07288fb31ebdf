import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectDir } from '../host/dist.ts';
import { runCommand } from './command.ts';

/** What is read of the test runner's own report. A file that could not be loaded has failed without a test. */
const Report = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/**
 * How many test files failed without a failed test: they could not be loaded, or what comes before their tests failed.
 */
export const filesNotBegun = ({ testResults }: Report): number =>
  testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;

type Ended = { readonly code: number; readonly report: Report | null };

/**
 * Runs the tests whose files' paths hold one of the filters, all where there is none, and ends with the report it wrote
 * into that file; null where it wrote none. With groups, only test files of those.
 */
export async function vitest(
  filters: readonly string[],
  reportFile: string,
  options: { groups?: readonly string[]; variables?: Record<string, string> } = {},
): Promise<Ended> {
  const projects = (options.groups ?? []).flatMap((name) => ['--project', name]);
  const reporters = ['default', 'json', join(projectDir, 'tests/support/file-seconds.ts')];
  const args = ['run', ...reporters.map((one) => `--reporter=${one}`), `--outputFile.json=${reportFile}`];
  const program = join(projectDir, 'node_modules/vitest/vitest.mjs');
  const code = await runCommand([process.execPath, program, ...args, ...projects, ...filters], options.variables);
  return { code, report: existsSync(reportFile) ? Report.parse(JSON.parse(readFileSync(reportFile, 'utf8'))) : null };
}
