import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectDir } from '../host/dist.ts';
import { childEnvironment } from '../host/env.ts';
import { interrupted } from '../terminal/interrupt.ts';

/** What is read of the test runner's own report. A file that could not be loaded has failed without a test. */
const Report = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

type Ended = { readonly code: number; readonly report: z.infer<typeof Report> | null };

/**
 * Runs the tests whose files' paths hold one of the filters, all where there is none, and ends with the report it wrote
 * into that file; null where it wrote none.
 */
export async function vitest(
  filters: readonly string[],
  reportFile: string,
  variables: Record<string, string> = {},
): Promise<Ended> {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...filters];
  const child = spawn(process.execPath, [join(projectDir, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: projectDir,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: childEnvironment(variables, { secrets: false }),
  });
  interrupted.addEventListener('abort', () => child.kill('SIGTERM'));
  const code = await new Promise<number>((done) => child.on('close', (status) => done(status ?? 1)));
  return { code, report: existsSync(reportFile) ? Report.parse(JSON.parse(readFileSync(reportFile, 'utf8'))) : null };
}
