import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { hostileModules, hostilePrograms } from '../../lib/benchmark/hostile.ts';
import { JailRecord } from '../../lib/benchmark/jail-record.ts';
import { projectDir } from '../dist.ts';
import { childEnvironment } from '../env.ts';
import { UsageError } from '../errors.ts';
import { harness } from '../harness.ts';

const Report = z.object({ numTotalTests: z.int(), numPassedTests: z.int() });

/** Runs all that is hostile against the jail and, if every test passes and none is skipped, writes down when and by what, for the page /integrity. */
export async function writeJailRecord(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-jail-record-'));
  try {
    const report = join(folder, 'report.json');
    const vitest = join(projectDir, 'node_modules/vitest/vitest.mjs');
    const { status } = spawnSync(
      process.execPath,
      [vitest, 'run', 'tests/runner/jail', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      {
        cwd: projectDir,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: childEnvironment({ CI: 'true' }, { secrets: false }), // so that a skipped test is a failed one
      },
    );
    const { numTotalTests, numPassedTests } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
    if (status !== 0 || numPassedTests !== numTotalTests)
      throw new UsageError(`${numPassedTests} of ${numTotalTests} tests of the jail passed; the record stays as it was. Mend what failed and run this again.`);
    const record: JailRecord = {
      ended: `${new Date().toISOString().slice(0, 19)}Z`,
      harness: harness(),
      platform: `${process.platform}-${process.arch}`,
      node: `Node.js ${process.version}`,
      jail: spawnSync('bwrap', ['--version'], { encoding: 'utf8' }).stdout.trim(),
      tests: numPassedTests,
      modules: Object.keys(hostileModules),
      programs: Object.keys(hostilePrograms),
    };
    writeFileSync(join(projectDir, 'lib/benchmark/jail-record.json'), `${JSON.stringify(JailRecord.parse(record), null, 2)}\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
